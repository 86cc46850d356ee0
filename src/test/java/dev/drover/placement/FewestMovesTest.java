package dev.drover.placement;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.model.Vm;
import java.time.InstantSource;
import java.util.List;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;

/** A hot node is resolved with at most as many moves as are needed: against trying out every set of moves. */
class FewestMovesTest {
    private static final Engine ENGINE = new AnytimeEngine(InstantSource.fixed(World.NOW), vm -> 10);
    private static final int NODES = 3;

    @Property(tries = 300)
    void of_a_hot_node_no_more_leave_than_must(@ForAll @LongRange(min = 0, max = 1_000_000) long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        World world = World.ofNodes(NODES);
        int hot = random.nextInt(3, 7);
        for (int vm = 0; vm < hot; vm++) {
            world.vm("hot-" + vm, "n1", random.nextInt(10, 40) * 100L);
        }
        for (int node = 2; node <= NODES; node++) {
            world.vm("other-" + node, "n" + node, random.nextInt(5, 50) * 100L);
        }
        Goal goal = new Goal(1, 1, 0.80, 0.85, 2, 256);
        Outcome outcome = ENGINE.solve(world.instance(goal, Effort.DEFAULT));
        double reached = outcome instanceof Outcome.Improved improved
                ? improved.after().contention()
                : outcome.before().contention();
        int fewest = fewest(world.cluster().vms(), reached);
        assertThat(outcome.moves()).hasSizeLessThanOrEqualTo(fewest);
    }

    /** The least number of moves, over all placements, after which contention is no more than what the engine reached. */
    private static int fewest(List<Vm> vms, double reached) {
        int placements = (int) Math.pow(NODES, vms.size());
        int fewest = Integer.MAX_VALUE;
        for (int code = 0; code < placements; code++) {
            long[] use = new long[NODES];
            int moves = 0;
            int rest = code;
            for (Vm vm : vms) {
                int node = rest % NODES;
                rest /= NODES;
                use[node] += vm.demand().amount().cpuMillis();
                moves += ("n" + (node + 1)).equals(vm.node()) ? 0 : 1;
            }
            double contention = 0;
            for (long used : use) {
                contention += (Math.max(0, used - 8_000) + Math.max(0, used - 10_000)) / 10_000.0;
            }
            if (contention <= reached + 0.001) {
                fewest = Math.min(fewest, moves);
            }
        }
        return fewest;
    }
}
