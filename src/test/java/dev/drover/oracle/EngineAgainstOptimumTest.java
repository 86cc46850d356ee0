package dev.drover.oracle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.drover.constraint.ConstraintCompiler;
import dev.drover.model.Cluster;
import dev.drover.model.VmId;
import dev.drover.placement.AnytimeEngine;
import dev.drover.placement.Effort;
import dev.drover.placement.Engine;
import dev.drover.placement.Goal;
import dev.drover.placement.Instance;
import dev.drover.placement.Outcome;
import dev.drover.placement.Score;
import dev.drover.placement.World;
import java.time.InstantSource;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What the engine proposes for small clusters against what is proven to be the best. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EngineAgainstOptimumTest {
    private static final Engine ENGINE = new AnytimeEngine(InstantSource.fixed(World.NOW), vm -> 10);

    /** Broken rules are mended and hot nodes relieved; to even out has a price of its own. */
    private static final Goal GOAL = new Goal(1, 1, 0.80, 0.85, 2, 256);

    private static final int SEEDS = 200;

    private final List<Solved> solved =
            LongStream.range(0, SEEDS).mapToObj(Solved::of).toList();

    /** A small cluster, what the engine makes of it, and what the best is. */
    private record Solved(long seed, SmallCase small, Outcome outcome, Placed placed) {
        static Solved of(long seed) {
            World world = SmallWorlds.world(seed);
            Cluster cluster = SmallWorlds.needingMemory(world.cluster());
            BitSet movable = new BitSet();
            movable.set(0, cluster.vms().size());
            Outcome outcome = ENGINE.solve(new Instance(
                    cluster,
                    ConstraintCompiler.compile(cluster, world.constraints()),
                    movable,
                    world.everyNode(),
                    GOAL,
                    Effort.DEFAULT));
            SmallCase small = Reading.toMove(cluster, world.constraints());
            int[] nodeOf = small.rest().clone();
            Map<VmId, Integer> vms = cluster.vmIndex();
            Map<String, Integer> nodes = cluster.nodeIndex();
            outcome.moves().forEach(move -> nodeOf[vms.get(move.vm())] = nodes.get(move.to()));
            return new Solved(seed, small, outcome, new Placed(small, nodeOf));
        }
    }

    @Test
    void the_score_of_the_engine_is_that_of_its_placement() {
        for (Solved one : solved) {
            Placed before = new Placed(one.small(), one.small().rest());
            assertSame(one.seed(), one.outcome().before(), before);
            assertSame(one.seed(), one.outcome().after(), one.placed());
        }
    }

    private static void assertSame(long seed, Score score, Placed placed) {
        assertThat(score.violations()).as("seed %s", seed).isEqualTo(placed.violations());
        assertThat(score.contention()).as("seed %s", seed).isCloseTo(placed.contention(), within(1e-9));
    }

    /**
     * Measured over the 200 seeds: violations are equal in 197 (the cost too in 193 of these, on average 0.0002 nodes above), in 2 fewer
     * because a place that one leaves is given to another, in 1 more: the engine enters no domain where a separation is broken already, not
     * even where others leave it and the sum stays the same.
     */
    @Test
    void on_small_clusters_the_engine_is_never_better_than_what_is_possible_and_nearly_always_as_good_as_the_best() {
        int noMoreViolations = 0;
        int sameViolations = 0;
        int sameCost = 0;
        double costAbove = 0;
        for (Solved one : solved) {
            Placed placed = one.placed();
            assertNotBetter(one.seed(), placed, CpSatPlacement.optimum(one.small(), Space.AT_LAST));
            Optimum best = CpSatPlacement.optimum(one.small(), Space.ANY_ORDER);
            noMoreViolations += placed.violations() <= best.violations() ? 1 : 0;
            if (placed.violations() == best.violations()) {
                sameViolations++;
                sameCost += placed.cost() <= best.cost() ? 1 : 0;
                costAbove +=
                        (placed.cost() - best.cost()) / (double) one.small().averageNode();
            }
        }
        assertThat(noMoreViolations).isGreaterThanOrEqualTo(SEEDS * 199 / 200);
        assertThat(sameCost).isGreaterThanOrEqualTo(sameViolations * 97 / 100);
        assertThat(costAbove / sameViolations).isLessThan(0.005);
    }

    private static void assertNotBetter(long seed, Placed placed, Optimum possible) {
        assertThat(placed.violations()).as("seed %s", seed).isGreaterThanOrEqualTo(possible.violations());
        if (placed.violations() == possible.violations()) {
            assertThat(placed.cost()).as("seed %s", seed).isGreaterThanOrEqualTo(possible.cost());
        }
    }
}
