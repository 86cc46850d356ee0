package dev.drover.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.ortools.sat.LinearExpr;
import dev.drover.constraint.Conflict;
import dev.drover.constraint.ConflictFinder;
import dev.drover.constraint.Constraint;
import dev.drover.model.Cluster;
import dev.drover.placement.World;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is said to conflict, against proofs: whether some placement satisfies a set of constraints is decided by CP-SAT. */
class ConflictsAgainstProofTest {
    private static final int OF_EACH = 200;

    @Test
    void of_what_cannot_hold_a_minimal_part_is_named_and_of_what_can_nothing() {
        int possible = 0;
        int impossible = 0;
        int larger = 0;
        for (long seed = 0; possible < OF_EACH || impossible < OF_EACH; seed++) {
            World world = SmallWorlds.ruled(seed);
            boolean canHold = canHold(world.cluster(), world.constraints());
            if (canHold ? possible++ < OF_EACH : impossible++ < OF_EACH) {
                larger += check(world, canHold).stream()
                                .anyMatch(conflict -> conflict.constraints().size() > 1)
                        ? 1
                        : 0;
            }
        }
        assertThat(larger).isGreaterThan(OF_EACH / 4);
    }

    static void check(long seed) {
        World world = SmallWorlds.ruled(seed);
        check(world, canHold(world.cluster(), world.constraints()));
    }

    private static List<Conflict> check(World world, boolean canHold) {
        List<Conflict> conflicts = ConflictFinder.find(world.cluster(), world.constraints());
        assertThat(conflicts.isEmpty())
                .as("%s: %s", world.constraints(), conflicts)
                .isEqualTo(canHold);
        conflicts.forEach(conflict -> assertMinimal(world.cluster(), world.constraints(), conflict));
        return conflicts;
    }

    private static void assertMinimal(Cluster cluster, List<Constraint> constraints, Conflict conflict) {
        List<Constraint> named = constraints.stream()
                .filter(constraint -> conflict.constraints().contains(constraint.id()))
                .toList();
        assertThat(canHold(cluster, named)).as("%s", conflict).isFalse();
        for (Constraint one : named) {
            List<Constraint> others =
                    named.stream().filter(other -> other != one).toList();
            assertThat(canHold(cluster, others))
                    .as("%s without %s", conflict, one)
                    .isTrue();
        }
    }

    private static boolean canHold(Cluster cluster, List<Constraint> constraints) {
        SmallCase small = Reading.toHold(cluster, constraints);
        PlacementModel model = new PlacementModel(small);
        for (PlainRule rule : small.rules()) {
            model.sat.atMost(LinearExpr.newBuilder().add(model.breaches(rule)).build(), 0);
        }
        return model.sat.solve().isPresent();
    }
}
