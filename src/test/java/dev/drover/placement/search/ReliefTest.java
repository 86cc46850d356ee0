package dev.drover.placement.search;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.placement.search.Problem.Groups;
import dev.drover.placement.search.Problem.MoveCosts;
import dev.drover.placement.search.Problem.SameDomain;
import dev.drover.placement.search.Problem.Stranding;
import dev.drover.placement.search.Problem.Topology;
import org.junit.jupiter.api.Test;

class ReliefTest {

    @Test
    void the_cheapest_of_those_that_relieve_a_node_leave_it_for_the_tightest_place() {
        // Node 0 is 30 over 100. Leaving costs 9, 4, 5: the second alone saves 20, both smaller ones all of it.
        Problem problem = problem(new int[] {60, 20, 50}, new int[] {0, 0, 0}, new long[] {9, 4, 5}, -1, 3);

        Arrangement relieved = Relief.of(problem);

        assertThat(relieved.nodeOf).containsExactly(0, 0, 1);
        assertThat(relieved.cost()).isEqualTo(5);
    }

    @Test
    void two_of_a_group_are_not_put_on_one_node() {
        Problem problem = problem(new int[] {60, 60, 60}, new int[] {0, 0, 1}, new long[] {1, 1, 1}, 0, 3);

        Arrangement relieved = Relief.of(problem);

        assertThat(relieved.nodeOf).doesNotHaveDuplicates();
    }

    @Test
    void where_one_finds_no_place_everything_stays() {
        Problem problem = problem(new int[] {150, 150}, new int[] {0, 1}, new long[] {1, 1}, 0, 2);

        assertThat(Relief.of(problem).nodeOf).containsExactly(0, 1);
    }

    @Test
    void a_crowded_node_is_relieved_by_the_best_saving_for_its_cost() {
        int[] demand = new int[40];
        long[] moveCost = new long[40];
        for (int vm = 0; vm < demand.length; vm++) {
            demand[vm] = 4;
            moveCost[vm] = 1 + vm;
        }
        Problem problem = problem(demand, new int[40], moveCost, -1, 2);

        Arrangement relieved = Relief.of(problem);

        // 160 on a node with room for 100 in comfort: the fifteen cheapest leave.
        assertThat(relieved.cost()).isEqualTo(15 * 16 / 2);
    }

    @Test
    void those_that_start_get_a_node_and_nobody_moves_for_them() {
        Problem problem = problem(new int[] {60, 30, 30}, new int[] {0, -1, -1}, new long[] {1, 1, 1}, -1, 2);

        Arrangement relieved = Relief.of(problem);

        assertThat(relieved.nodeOf).containsExactly(0, 0, 1);
        assertThat(relieved.cost()).isZero();
    }

    @Test
    void a_set_stays_in_the_domain_of_those_that_run_although_another_has_the_tighter_place() {
        // Node 0 is too full; nodes 0 and 2 are one domain, 1 and 3 the other.
        Problem problem = problem(
                new int[] {60, 60, 90, 10},
                new int[] {0, 0, 3, 1},
                new long[] {1, 2, 1, 1},
                new SameDomain(new int[] {0, 0, -1, -1}, new int[][] {{0, 1, 0, 1}}));

        assertThat(Relief.of(problem).nodeOf).containsExactly(2, 0, 3, 1);
    }

    @Test
    void a_set_of_which_none_runs_starts_in_the_domain_with_the_most_room() {
        Problem problem = problem(
                new int[] {50, 50, 10, 90},
                new int[] {-1, -1, 0, 3},
                new long[] {1, 1, 1, 1},
                new SameDomain(new int[] {0, 0, -1, -1}, new int[][] {{0, 0, 1, 1}}));

        assertThat(Relief.of(problem).nodeOf).containsExactly(0, 1, 0, 3);
    }

    @Test
    void a_set_that_no_domain_takes_leaves_everything_as_it_is() {
        Problem problem = problem(
                new int[] {50, 50},
                new int[] {-1, 1},
                new long[] {1, 1},
                new SameDomain(new int[] {0, -1}, new int[][] {{-1, -1, -1, -1}}));

        assertThat(Relief.of(problem).nodeOf).containsExactly(-1, 1);
    }

    /** The same on four nodes, where only the sets bind. */
    private static Problem problem(int[] demand, int[] home, long[] moveCost, SameDomain sets) {
        Problem all = problem(demand, home, moveCost, -1, 4);
        return new Problem(
                all.nodes(),
                all.vms(),
                all.resources(),
                all.capacity(),
                all.comfort(),
                all.demand(),
                all.excessWeight(),
                all.heldAtBoth(),
                all.home(),
                all.groups(),
                all.topology(),
                sets,
                all.strandings(),
                all.moveCosts());
    }

    /** One resource: comfort 100, capacity 200, each unit above costs 10. All are in one group, or in none. */
    private static Problem problem(int[] demand, int[] home, long[] moveCost, int group, int nodes) {
        int[] capacity = new int[nodes];
        int[] comfort = new int[nodes];
        java.util.Arrays.fill(capacity, 200);
        java.util.Arrays.fill(comfort, 100);
        int[] of = new int[home.length];
        java.util.Arrays.fill(of, group);
        return new Problem(
                nodes,
                home.length,
                1,
                capacity,
                comfort,
                demand,
                new long[] {10},
                new boolean[1],
                home,
                new Groups(1, of, new int[1], new int[1][0], new int[1][0]),
                new Topology(1, new int[nodes], 1, new int[nodes]),
                SameDomain.NONE,
                new Stranding[0],
                new MoveCosts(moveCost, 0, new int[0]));
    }
}
