package dev.drover.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.api.v1alpha1.VirtualMachinePlacement;
import dev.drover.api.v1alpha1.VirtualMachinePlacementStatus;
import dev.drover.model.Vm;
import dev.drover.observe.Snapshot;
import dev.drover.placement.World;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** P6: what happened is counted by virtual machine, and not by name. */
class HistoriesTest {
    private static final Instant RESTS_UNTIL = World.NOW.plusSeconds(900);

    @Test
    void what_its_placement_keeps_is_its_history() {
        assertThat(cooldownOf("web", "vm-web")).isEqualTo(RESTS_UNTIL);
    }

    @Test
    void what_is_left_of_an_earlier_virtual_machine_of_the_same_name_is_not() {
        assertThat(cooldownOf("web", "vm-web-that-was-deleted")).isEqualTo(Instant.EPOCH);
    }

    private static Instant cooldownOf(String vm, String owner) {
        Snapshot snapshot = Situation.of(World.ofNodes(1).vm(vm, "n1", 100))
                .with(placement(vm, owner))
                .snapshot();
        Vm shown = snapshot.cluster().vms().getFirst();
        Histories histories = new Histories();
        histories.refresh(snapshot);
        return histories.of(shown).cooldownUntil();
    }

    private static VirtualMachinePlacement placement(String vm, String owner) {
        VirtualMachinePlacement placement = new VirtualMachinePlacement();
        placement.setMetadata(new ObjectMetaBuilder()
                .withNamespace(World.NAMESPACE)
                .withName(vm)
                .withOwnerReferences(new OwnerReferenceBuilder().withUid(owner).build())
                .build());
        placement.setStatus(new VirtualMachinePlacementStatus(
                List.of(), null, List.of(), null, null, null, List.of(), RESTS_UNTIL, 0, List.of()));
        return placement;
    }
}
