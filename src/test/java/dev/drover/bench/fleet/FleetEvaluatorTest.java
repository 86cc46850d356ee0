package dev.drover.bench.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.bench.fleet.Fleet.Member;
import java.util.BitSet;
import java.util.List;
import org.junit.jupiter.api.Test;

class FleetEvaluatorTest {
    private static final Fleet FLEET = new Fleet(
            3,
            640,
            256,
            BitSet.valueOf(new long[] {1}),
            List.of(
                    new Member(0, 400, 100, 7),
                    new Member(0, 250, 100, 8),
                    new Member(1, 100, 100, 7),
                    new Member(2, 10, 100, Fleet.ALONE)));

    @Test
    void a_hot_node_costs_by_both_limits() {
        // 650: 10 above 640, 138 above 512.
        assertThat(new FleetEvaluator(FLEET, FLEET.nodesNow()).cost()).isEqualTo(10_000 + 1_380);
    }

    @Test
    void what_moved_costs_its_memory() {
        assertThat(new FleetEvaluator(FLEET, new int[] {0, 1, 1, 2}).cost()).isEqualTo(100);
    }

    @Test
    void the_bound_is_the_cheapest_removal() {
        // Either leaves: 100. Nothing leaves: 11,380.
        assertThat(RemovalBound.ofCost(FLEET)).isEqualTo(100);
    }

    @Test
    void each_kind_of_breach_is_named() {
        FleetEvaluator crowded = new FleetEvaluator(FLEET, new int[] {0, 0, 0, 2});

        assertThat(crowded.breachesOfEvacuation())
                .contains(
                        "two of group 7 are on node 0",
                        "node 0 uses 300 of 256 memory",
                        "node 0 uses 750 of 640 CPU",
                        "VM 1 is on node 0, which is to be empty");
    }
}
