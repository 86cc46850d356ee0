package dev.drover.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.api.v1alpha1.VirtualMachinePlacement;
import dev.drover.api.v1alpha1.VirtualMachinePlacementStatus;
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

    @Test
    void what_is_shown_later_takes_the_place_of_what_was_read_before() {
        Histories histories = new Histories();
        assertThat(cooldownOf(histories, placement("web", "vm-web", Instant.EPOCH)))
                .isEqualTo(Instant.EPOCH);

        assertThat(cooldownOf(histories, placement("web", "vm-web", RESTS_UNTIL)))
                .isEqualTo(RESTS_UNTIL);
    }

    private static Instant cooldownOf(String vm, String owner) {
        return cooldownOf(new Histories(), placement(vm, owner, RESTS_UNTIL));
    }

    private static Instant cooldownOf(Histories histories, VirtualMachinePlacement placement) {
        Snapshot snapshot = Situation.of(
                        World.ofNodes(1).vm(placement.getMetadata().getName(), "n1", 100))
                .with(placement)
                .snapshot();
        histories.refresh(snapshot);
        return histories.of(snapshot.cluster().vms().getFirst()).cooldownUntil();
    }

    private static VirtualMachinePlacement placement(String vm, String owner, Instant restsUntil) {
        VirtualMachinePlacement placement = new VirtualMachinePlacement();
        placement.setMetadata(new ObjectMetaBuilder()
                .withNamespace(World.NAMESPACE)
                .withName(vm)
                .withOwnerReferences(new OwnerReferenceBuilder().withUid(owner).build())
                .build());
        placement.setStatus(new VirtualMachinePlacementStatus(
                List.of(), null, List.of(), null, null, null, List.of(), restsUntil, 0, List.of(), null));
        return placement;
    }
}
