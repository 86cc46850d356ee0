package dev.drover.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.constraint.CapacityChecker;
import dev.drover.constraint.Constraint;
import dev.drover.constraint.ConstraintChecker;
import dev.drover.constraint.ConstraintChecker.At;
import dev.drover.constraint.Occupancy;
import dev.drover.model.Cluster;
import dev.drover.model.Vm;
import dev.drover.placement.World;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Where no rule is broken, what the oracles call safe in any order is exactly what the checkers find safe at every instant. */
class SpaceTest {
    private static final int CLUSTERS = 100;

    private int safe;
    private int unsafe;

    @Test
    void in_a_hundred_small_clusters_every_placement_is_judged_as_the_checkers_judge_each_instant_on_the_way() {
        int clusters = 0;
        for (long seed = 0; clusters < CLUSTERS; seed++) {
            World world = SmallWorlds.tiny(seed);
            world.cluster().vms().forEach(vm -> world.at(vm.id().name(), vm.node()));
            Checkers checkers = new Checkers(world.cluster(), world.constraints());
            Occupancy now = Occupancy.of(checkers.cluster());
            if (!world.constraints().isEmpty() && checkers.holds(now, At.REST) && checkers.fits(now)) {
                SmallCase small = Reading.toMove(checkers.cluster(), world.constraints());
                compareAll(checkers, small, small.rest().clone(), 0);
                clusters++;
            }
        }
        assertThat(safe).isGreaterThan(CLUSTERS);
        assertThat(unsafe).isGreaterThan(CLUSTERS);
    }

    private void compareAll(Checkers checkers, SmallCase small, int[] nodeOf, int vm) {
        if (vm == small.vms()) {
            Placed placed = new Placed(small, nodeOf.clone());
            boolean isSafe = checkers.isSafe(placed, Occupancy.of(checkers.cluster()), 0);
            assertThat(Enumeration.contains(placed, Space.ANY_ORDER))
                    .as("%s from %s under %s", placed.nodeOf(), small.rest(), checkers.constraints())
                    .isEqualTo(isSafe);
            safe += isSafe ? 1 : 0;
            unsafe += isSafe ? 0 : 1;
            return;
        }
        small.options().get(vm).stream().forEach(node -> {
            nodeOf[vm] = node;
            compareAll(checkers, small, nodeOf, vm + 1);
        });
    }

    private record Checkers(Cluster cluster, List<Constraint> constraints) {
        /** Each move has not begun, is under way or has ended. */
        private boolean isSafe(Placed placed, Occupancy occupancy, int vm) {
            if (vm == placed.nodeOf().length) {
                return holds(occupancy, isOver(placed, occupancy) ? At.REST : At.INSTANT) && fits(occupancy);
            }
            if (!placed.isMoved(vm)) {
                return isSafe(placed, occupancy, vm + 1);
            }
            Vm one = cluster.vms().get(vm);
            String to = cluster.nodes().get(placed.nodeOf()[vm]).name();
            return isSafe(placed, occupancy, vm + 1)
                    && isSafe(placed, occupancy.with(one.id(), Set.of(one.node(), to)), vm + 1)
                    && isSafe(placed, occupancy.with(one.id(), Set.of(to)), vm + 1);
        }

        private boolean isOver(Placed placed, Occupancy occupancy) {
            for (int vm = 0; vm < placed.nodeOf().length; vm++) {
                String at = cluster.nodes().get(placed.nodeOf()[vm]).name();
                if (!occupancy.nodes(cluster.vms().get(vm).id()).equals(Set.of(at))) {
                    return false;
                }
            }
            return true;
        }

        private boolean holds(Occupancy occupancy, At at) {
            return ConstraintChecker.check(cluster, constraints, occupancy, at).isEmpty();
        }

        private boolean fits(Occupancy occupancy) {
            return CapacityChecker.check(cluster, occupancy).isEmpty();
        }
    }
}
