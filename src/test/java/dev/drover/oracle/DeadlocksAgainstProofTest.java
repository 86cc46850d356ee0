package dev.drover.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.ortools.sat.LinearExpr;
import dev.drover.constraint.ConflictFinder;
import dev.drover.constraint.Constraint;
import dev.drover.constraint.ConstraintCompiler;
import dev.drover.model.Cluster;
import dev.drover.placement.AnytimeEngine;
import dev.drover.placement.Effort;
import dev.drover.placement.Engine;
import dev.drover.placement.Goal;
import dev.drover.placement.Instance;
import dev.drover.placement.Outcome;
import dev.drover.placement.World;
import java.time.InstantSource;
import java.util.BitSet;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the engine says cannot hold as things are, against proofs: CP-SAT decides whether any placement at rest satisfies a set of constraints. */
class DeadlocksAgainstProofTest {
    private static final Engine ENGINE = new AnytimeEngine(InstantSource.fixed(World.NOW), vm -> 10);
    private static final Goal GOAL = new Goal(1, 1, 0.80, 0.85, 1, 256);
    private static final int OF_EACH = 200;

    /** Rules that can never hold together are left out before, as the operator does. */
    @Test
    void of_what_cannot_hold_as_things_are_a_minimal_part_is_named_and_of_what_can_nothing() {
        int possible = 0;
        int impossible = 0;
        int larger = 0;
        for (long seed = 0; possible < OF_EACH || impossible < OF_EACH; seed++) {
            World world = SmallWorlds.tight(seed);
            List<Constraint> active = active(world);
            boolean canHold = canHold(world.cluster(), active);
            if (canHold ? possible++ < OF_EACH : impossible++ < OF_EACH) {
                larger += check(seed, world.cluster(), active, canHold) > 1 ? 1 : 0;
            }
        }
        assertThat(larger).isGreaterThan(OF_EACH / 10);
    }

    static void check(long seed) {
        World world = SmallWorlds.tight(seed);
        List<Constraint> active = active(world);
        check(seed, world.cluster(), active, canHold(world.cluster(), active));
    }

    private static List<Constraint> active(World world) {
        return ConflictFinder.withoutConflicting(
                world.constraints(), ConflictFinder.find(world.cluster(), world.constraints()));
    }

    /** @return how many constraints are named */
    private static int check(long seed, Cluster cluster, List<Constraint> active, boolean canHold) {
        BitSet movable = new BitSet();
        movable.set(0, cluster.vms().size());
        BitSet nodes = new BitSet();
        nodes.set(0, cluster.nodes().size());
        Outcome outcome = ENGINE.solve(new Instance(
                cluster, ConstraintCompiler.compile(cluster, active), active, movable, nodes, GOAL, Effort.DEFAULT));
        assertThat(outcome instanceof Outcome.Infeasible)
                .as("seed %s: %s of %s", seed, outcome, active)
                .isEqualTo(!canHold);
        return outcome instanceof Outcome.Infeasible infeasible ? checkMinimal(seed, cluster, active, infeasible) : 0;
    }

    private static int checkMinimal(
            long seed, Cluster cluster, List<Constraint> active, Outcome.Infeasible infeasible) {
        List<Constraint> named = active.stream()
                .filter(constraint -> infeasible.conflict().constraints().contains(constraint.id()))
                .toList();
        assertThat(canHold(cluster, named)).as("seed %s: %s", seed, infeasible).isFalse();
        for (Constraint one : named) {
            List<Constraint> others =
                    named.stream().filter(other -> other != one).toList();
            assertThat(canHold(cluster, others))
                    .as("seed %s: %s without %s", seed, infeasible, one)
                    .isTrue();
        }
        return named.size();
    }

    private static boolean canHold(Cluster cluster, List<Constraint> constraints) {
        SmallCase small = Reading.toMove(cluster, constraints);
        PlacementModel model = new PlacementModel(small);
        model.sat.atMost(LinearExpr.newBuilder().add(model.outlawed()).build(), 0);
        small.rules()
                .forEach(rule -> model.sat.atMost(
                        LinearExpr.newBuilder().add(model.breaches(rule)).build(), 0));
        model.limitToRoom();
        return model.sat.solve().isPresent();
    }
}
