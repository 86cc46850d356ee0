package dev.drover.constraint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.constraint.ConstraintChecker.At;
import dev.drover.model.Cluster;
import dev.drover.model.VmId;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** On small clusters every placement can be tried: the finder must be right about each set of constraints. */
class ConflictFinderPropertyTest {
    private static final int NODES = 4;

    @Property(tries = 1500)
    void everyConflictIsRealAndMinimalAndNoneIsMissed(@ForAll long seed) {
        RandomScenes random = new RandomScenes(seed).withPreferences();
        Scene scene = random.nodes(NODES);
        for (int i = random.number(1, 4); i > 0; i--) {
            scene.vm("vm-" + i, random.place(NODES), random.app());
        }
        Cluster cluster = scene.build();
        List<Constraint> constraints = new ArrayList<>();
        for (int i = random.number(1, 5); i > 0; i--) {
            constraints.add(random.constraint(i));
        }

        List<Conflict> conflicts = ConflictFinder.find(cluster, constraints);

        for (Conflict conflict : conflicts) {
            List<Constraint> named = constraints.stream()
                    .filter(constraint -> conflict.constraints().contains(constraint.id()))
                    .toList();
            assertThat(canHold(cluster, named)).as("%s", conflict).isFalse();
            for (Constraint left : named) {
                List<Constraint> others =
                        named.stream().filter(other -> other != left).toList();
                assertThat(canHold(cluster, others))
                        .as("%s without %s", conflict, left)
                        .isTrue();
            }
        }
        assertThat(canHold(cluster, ConflictFinder.withoutConflicting(constraints, conflicts)))
                .as("%s after %s", constraints, conflicts)
                .isTrue();
    }

    /** A search may be too small for constraints on many; what it says of them is true all the same, and nothing less is named. */
    @Property(tries = 1500)
    void whatIsSaidOfWideConstraintsIsTrue(@ForAll long seed) {
        RandomScenes random = new RandomScenes(seed);
        Scene scene = random.nodes(NODES);
        for (int i = random.number(2, 4); i > 0; i--) {
            scene.vm("vm-" + i, random.place(NODES), random.app());
        }
        Cluster cluster = scene.build();
        List<Constraint> constraints = new ArrayList<>();
        for (int i = random.number(1, 5); i > 0; i--) {
            constraints.add(random.constraint(i));
        }

        for (Conflict conflict : ConflictFinder.find(cluster, constraints, 1)) {
            assertThat(canHold(
                            cluster,
                            constraints.stream()
                                    .filter(one -> conflict.constraints().contains(one.id()))
                                    .toList()))
                    .as("%s", conflict)
                    .isFalse();
        }
    }

    private static boolean canHold(Cluster cluster, List<Constraint> constraints) {
        return anyPlacement(cluster, constraints, Occupancy.of(cluster), 0);
    }

    private static boolean anyPlacement(Cluster cluster, List<Constraint> constraints, Occupancy occupancy, int next) {
        if (next == cluster.vms().size()) {
            return ConstraintChecker.check(cluster, constraints, occupancy, At.REST)
                    .isEmpty();
        }
        VmId vm = cluster.vms().get(next).id();
        return cluster.nodes().stream()
                .anyMatch(
                        node -> anyPlacement(cluster, constraints, occupancy.with(vm, Set.of(node.name())), next + 1));
    }
}
