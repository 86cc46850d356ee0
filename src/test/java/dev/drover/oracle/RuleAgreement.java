package dev.drover.oracle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.drover.constraint.ConstraintChecker;
import dev.drover.constraint.ConstraintChecker.At;
import dev.drover.constraint.Occupancy;
import dev.drover.model.Cluster;
import dev.drover.model.Vm;
import dev.drover.placement.AnytimeEngine;
import dev.drover.placement.Effort;
import dev.drover.placement.Goal;
import dev.drover.placement.Outcome;
import dev.drover.placement.Relocation;
import dev.drover.placement.Score;
import dev.drover.placement.World;
import java.time.InstantSource;
import java.util.Set;

/**
 * Three ways to see one rule: what the solver counts, what the oracle counts, and what the independent checker says of the same
 * placement, before and after the solver changed it. Nothing is on its way: the solver leaves such a virtual machine to those who sent
 * it and does not count it where a rule about single nodes does not want it.
 */
final class RuleAgreement {
    private static final AnytimeEngine ENGINE = new AnytimeEngine(InstantSource.fixed(World.NOW), vm -> 10);
    private static final Goal GOAL = new Goal(1, 1, 0.80, 0.85, 1, 256);

    private RuleAgreement() {}

    /** @param kind see {@link SmallWorlds#of} */
    static void check(int kind, long seed) {
        World world = SmallWorlds.of(kind, seed);
        Cluster cluster = world.cluster();
        Outcome outcome = ENGINE.solve(world.instance(GOAL, Effort.DEFAULT));
        SmallCase small = Reading.toMove(cluster, world.constraints());
        int[] nodeOf = small.rest().clone();
        check(world, outcome.before(), new Placed(small, nodeOf.clone()));
        for (Relocation move : outcome.moves()) {
            nodeOf[cluster.vmIndex().get(move.vm())] = cluster.nodeIndex().get(move.to());
        }
        Score after = outcome.after();
        check(world, after, new Placed(small, nodeOf));
    }

    private static void check(World world, Score score, Placed placed) {
        Cluster cluster = world.cluster();
        Occupancy occupancy = Occupancy.of(cluster);
        for (int vm = 0; vm < placed.nodeOf().length; vm++) {
            Vm one = cluster.vms().get(vm);
            String node = cluster.nodes().get(placed.nodeOf()[vm]).name();
            occupancy = occupancy.with(one.id(), Set.of(node));
        }
        boolean holds = ConstraintChecker.check(cluster, world.constraints(), occupancy, At.REST)
                .isEmpty();
        assertThat(score.violations()).as("%s", world.constraints()).isEqualTo(placed.violations());
        assertThat(placed.violations() == 0).as("%s", world.constraints()).isEqualTo(holds);
        assertThat(score.contention()).isCloseTo(placed.contention(), within(1e-9));
    }
}
