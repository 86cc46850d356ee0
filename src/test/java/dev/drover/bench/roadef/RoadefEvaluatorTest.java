package dev.drover.bench.roadef;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.bench.roadef.RoadefEvaluator.Verdict;
import dev.drover.bench.roadef.RoadefInstance.Balance;
import dev.drover.bench.roadef.RoadefInstance.Machine;
import dev.drover.bench.roadef.RoadefInstance.Process;
import dev.drover.bench.roadef.RoadefInstance.Resource;
import dev.drover.bench.roadef.RoadefInstance.Service;
import java.util.List;
import org.junit.jupiter.api.Test;

class RoadefEvaluatorTest {

    /** Two resources, the second transient; machines 0 and 1 in location 0, machine 2 in location 1. */
    private static final RoadefInstance INSTANCE = new RoadefInstance(
            List.of(new Resource(false, 10), new Resource(true, 1)),
            List.of(
                    new Machine(0, 0, new int[] {20, 10}, new int[] {8, 10}, new int[] {0, 1, 2}),
                    new Machine(0, 0, new int[] {20, 10}, new int[] {8, 10}, new int[] {1, 0, 2}),
                    new Machine(1, 1, new int[] {20, 10}, new int[] {8, 10}, new int[] {2, 2, 0})),
            List.of(new Service(2, new int[] {}), new Service(1, new int[] {0})),
            List.of(
                    new Process(0, new int[] {6, 4}, 3),
                    new Process(0, new int[] {5, 4}, 2),
                    new Process(1, new int[] {7, 5}, 1)),
            List.of(new Balance(0, 1, 1, 2)),
            1,
            10,
            100,
            new int[] {0, 2, 0});

    @Test
    void the_cost_of_the_given_assignment_is_that_of_load_and_balance() {
        // Load: machine 0 uses 13 of resource 0, 5 over its safety capacity. Balance: 7-1, 20-10, 15-6 free.
        assertThat(RoadefEvaluator.judge(INSTANCE, INSTANCE.assignment()))
                .isEqualTo(new Verdict(10 * 5 + 2 * (6 + 10 + 9), List.of()));
    }

    @Test
    void moves_cost_by_process_service_and_machine() {
        // Process 2 from machine 0 to 1. Load: none. Balance: 14-6, 13-5, 15-6. Moves: 1 + 10 x 1 + 100 x 1.
        assertThat(RoadefEvaluator.judge(INSTANCE, new int[] {0, 2, 1}))
                .isEqualTo(new Verdict(2 * (8 + 8 + 9) + 111, List.of()));
    }

    @Test
    void a_moved_process_still_holds_what_is_transient() {
        // Process 1 to machine 1 and process 0 to machine 2, which then holds 4 of each: 8 of 10; process 2 would make
        // it 13.
        Verdict verdict = RoadefEvaluator.judge(INSTANCE, new int[] {2, 1, 2});

        assertThat(verdict.breaches()).containsExactly("machine 2 uses 13 of resource 1 and has 10");
    }

    @Test
    void a_service_on_one_machine_twice_or_in_too_few_locations_is_named() {
        assertThat(RoadefEvaluator.judge(INSTANCE, new int[] {0, 0, 1}).breaches())
                .contains("two processes of service 0 are on machine 0", "service 0 is in 1 locations, not 2");
    }

    @Test
    void a_service_without_one_that_it_needs_beside_it_is_named() {
        RoadefInstance needy = new RoadefInstance(
                INSTANCE.resources(),
                INSTANCE.machines(),
                List.of(new Service(1, new int[] {}), new Service(1, new int[] {0})),
                INSTANCE.processes(),
                INSTANCE.balances(),
                1,
                10,
                100,
                INSTANCE.assignment());

        assertThat(RoadefEvaluator.judge(needy, new int[] {0, 1, 2}).breaches())
                .containsExactly("service 1 misses service 0 in neighbourhoods [1]");
    }
}
