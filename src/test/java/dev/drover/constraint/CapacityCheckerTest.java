package dev.drover.constraint;

import static dev.drover.constraint.Scene.id;
import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.model.Cluster;
import dev.drover.model.Resources;
import dev.drover.model.Scheduling;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CapacityCheckerTest {

    /** n1 (16 cores) with as many virtual machines of one core, and as many pods of half a core. */
    private static Scene filled(int vms, int pods) {
        Scene scene = new Scene().node("n1").node("n2");
        for (int i = 0; i < vms; i++) {
            scene.vm("vm-" + i, "n1").launcher("vm-" + i, Scheduling.FREE);
        }
        for (int i = 0; i < pods; i++) {
            scene.pod("pod-" + i, "n1", Scheduling.FREE);
        }
        return scene;
    }

    @Test
    void launcherPodsAreCountedOnceAndOtherPodsToo() {
        Cluster full = filled(14, 4).build();
        Cluster over = filled(14, 5).build();

        assertThat(CapacityChecker.check(full, Occupancy.of(full))).isEmpty();
        assertThat(CapacityChecker.check(over, Occupancy.of(over)))
                .containsExactly(new Overload("n1", Resources.CPU, 16_500, 16_000));
    }

    @Test
    void aMovingVirtualMachineHoldsBothNodes() {
        Cluster cluster = filled(16, 0).vm("late", "n2").build();
        Occupancy arriving = Occupancy.of(cluster).with(id("late"), Set.of("n2", "n1"));
        Occupancy swapped = arriving.with(id("vm-3"), Set.of("n2"));

        assertThat(CapacityChecker.check(cluster, arriving)).hasSize(1);
        assertThat(CapacityChecker.check(cluster, swapped)).isEmpty();
    }

    @Test
    void theLauncherOfAFinishedMigrationStillHoldsItsNode() {
        Scene scene = filled(15, 0).vm("gone", "n1").launcher("gone", Scheduling.FREE);
        Cluster full = scene.vm("gone", "n2").build();

        assertThat(CapacityChecker.check(full, Occupancy.of(full))).isEmpty();
        Occupancy back = Occupancy.of(full).with(id("gone"), Set.of("n1"));
        assertThat(CapacityChecker.check(full, back)).hasSize(1);
    }
}
