package dev.drover.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.constraint.Constraint;
import dev.drover.constraint.ConstraintChecker.At;
import dev.drover.constraint.NativeTermsChecker;
import dev.drover.constraint.Occupancy;
import dev.drover.model.Cluster;
import dev.drover.placement.Relocation;
import java.util.List;
import java.util.Set;

/** Judges what the solver proposes with the independent checkers: all moves in flight at once, and after all have ended. */
public final class Judge {
    private Judge() {}

    public static void assertSafe(Cluster cluster, List<Constraint> constraints, List<Relocation> relocations) {
        Occupancy origin = Occupancy.of(cluster);
        Occupancy during = origin;
        Occupancy end = origin;
        for (Relocation relocation : relocations) {
            assertThat(NativeTermsChecker.refusals(cluster, origin, relocation.vm(), relocation.to()))
                    .as("what kube-scheduler has against " + relocation)
                    .isEmpty();
            during = during.with(relocation.vm(), Set.of(relocation.from(), relocation.to()));
            end = end.with(relocation.vm(), Set.of(relocation.to()));
        }
        Breaches before = Breaches.of(cluster, constraints, origin, At.INSTANT);
        assertThat(Breaches.of(cluster, constraints, during, At.INSTANT).since(before, constraints))
                .as("all moves of " + relocations + " at once")
                .isEmpty();
        assertThat(Breaches.atRest(cluster, constraints, end)
                        .since(Breaches.atRest(cluster, constraints, origin), constraints))
                .as("after all moves of " + relocations)
                .isEmpty();
    }
}
