package dev.drover.observe;

import dev.drover.kubevirt.KubeVirt;
import dev.drover.kubevirt.SlimNode;
import dev.drover.kubevirt.SlimPod;
import dev.drover.kubevirt.VirtualMachine;
import dev.drover.kubevirt.VirtualMachineInstance;
import dev.drover.kubevirt.VirtualMachineInstanceMigration;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import java.util.List;
import java.util.Objects;

/** Which changes may call for a decision. Heartbeats, and statuses that Drover itself writes, do not. */
final class Changes {

    private Changes() {}

    /** @return a handler that rings for what matters */
    static <T extends HasMetadata> ResourceEventHandler<T> handler(Bell bell) {
        return new ResourceEventHandler<>() {
            @Override
            public void onAdd(T added) {
                if (counts(added)) {
                    bell.ring();
                }
            }

            @Override
            public void onUpdate(T before, T after) {
                if (counts(after) && differs(before, after)) {
                    bell.ring();
                }
            }

            @Override
            public void onDelete(T deleted, boolean unknown) {
                if (counts(deleted)) {
                    bell.ring();
                }
            }
        };
    }

    /** Of pods only the launchers call for a decision. */
    private static boolean counts(HasMetadata object) {
        return !(object instanceof SlimPod pod) || pod.instanceUid().isPresent();
    }

    static boolean differs(HasMetadata before, HasMetadata after) {
        if (!Objects.equals(
                before.getMetadata().getDeletionTimestamp(), after.getMetadata().getDeletionTimestamp())) {
            return true;
        }
        return switch (after) {
            case SlimNode node -> differs((SlimNode) before, node);
            case SlimPod pod -> differs((SlimPod) before, pod);
            case VirtualMachineInstance instance -> differs((VirtualMachineInstance) before, instance);
            case VirtualMachineInstanceMigration migration ->
                !((VirtualMachineInstanceMigration) before).getStatus().equals(migration.getStatus());
            case VirtualMachine machine ->
                differsAsWritten(before, machine)
                        || !((VirtualMachine) before).getStatus().equals(machine.getStatus());
            case KubeVirt kubeVirt ->
                !((KubeVirt) before).getStatus().equals(kubeVirt.getStatus())
                        || !((KubeVirt) before).getSpec().equals(kubeVirt.getSpec());
            default -> differsAsWritten(before, after);
        };
    }

    private static boolean differs(SlimNode before, SlimNode after) {
        return !sameLabels(before, after)
                || !before.getSpec().equals(after.getSpec())
                || !before.isDown().equals(after.isDown())
                || !capacities(before).equals(capacities(after))
                || !before.getStatus().conditions().equals(after.getStatus().conditions())
                || !before.getStatus().allocatable().equals(after.getStatus().allocatable());
    }

    private static List<String> capacities(SlimNode node) {
        return List.of(node.annotation(SlimNode.NETWORK_CAPACITY), node.annotation(SlimNode.DISK_IO_CAPACITY));
    }

    private static boolean differs(SlimPod before, SlimPod after) {
        return !Objects.equals(before.getSpec().nodeName(), after.getSpec().nodeName())
                || before.finished() != after.finished()
                || !before.getSpec().schedulingGates().equals(after.getSpec().schedulingGates());
    }

    private static boolean differs(VirtualMachineInstance before, VirtualMachineInstance after) {
        return !sameLabels(before, after)
                || !before.getSpec().equals(after.getSpec())
                || !before.getStatus().equals(after.getStatus());
    }

    /** Spec, labels or annotations: what people write. */
    private static boolean differsAsWritten(HasMetadata before, HasMetadata after) {
        return !sameLabels(before, after)
                || !Objects.equals(
                        before.getMetadata().getGeneration(),
                        after.getMetadata().getGeneration())
                || !Objects.equals(
                        before.getMetadata().getAnnotations(),
                        after.getMetadata().getAnnotations());
    }

    private static boolean sameLabels(HasMetadata before, HasMetadata after) {
        return Objects.equals(
                before.getMetadata().getLabels(), after.getMetadata().getLabels());
    }
}
