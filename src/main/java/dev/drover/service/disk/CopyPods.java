package dev.drover.service.disk;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import io.fabric8.kubernetes.api.model.VolumeDeviceBuilder;
import io.fabric8.kubernetes.api.model.VolumeMountBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The two pods of a copy: one on the other node that receives, and one on the first node that sends. They run as the user of KubeVirt's
 * disks, with no rights of their own. Safe for threads.
 */
final class CopyPods {
    static final String LABEL = "drover.dev/copy";
    private static final String MANAGED_BY = "app.kubernetes.io/managed-by";

    /** As virt-launcher runs QEMU. */
    private static final long QEMU = 107;

    private static final int OWNER_READS = 0440;
    private static final String PORT = "8443";
    private static final String IDENTITY = "identity";
    private static final String DISKS = "/disks";
    private static final String REPORT = "/dev/termination-log";

    private final String image;

    CopyPods(String image) {
        this.image = image;
    }

    /** @param claims of the new volumes, in the order of the disks */
    Pod receiver(DiskTask task, List<PersistentVolumeClaim> claims) {
        return pod(task, new Role(task.receiver(), task.to(), false, List.of("receive", "--port", PORT)), claims);
    }

    /**
     * @param claims of the virtual machine, in the order of the disks
     * @param address of the pod that receives
     */
    Pod sender(DiskTask task, List<PersistentVolumeClaim> claims, String address) {
        String host = address.contains(":") ? "[" + address + "]" : address;
        return pod(
                task, new Role(task.sender(), task.from(), true, List.of("send", "--to", host + ":" + PORT)), claims);
    }

    private record Role(String name, String node, boolean readOnly, List<String> arguments) {}

    private Pod pod(DiskTask task, Role role, List<PersistentVolumeClaim> claims) {
        return onNode(role.node())
                .withNewMetadata()
                .withNamespace(task.namespace())
                .withName(role.name())
                .withLabels(Map.of(LABEL, task.name(), MANAGED_BY, "drover"))
                .endMetadata()
                .editSpec()
                .withRestartPolicy("Never")
                .withAutomountServiceAccountToken(false)
                .withEnableServiceLinks(false)
                .withNewSecurityContext()
                .withRunAsNonRoot(true)
                .withRunAsUser(QEMU)
                .withRunAsGroup(QEMU)
                .withFsGroup(QEMU)
                .withFsGroupChangePolicy("OnRootMismatch")
                .withNewSeccompProfile()
                .withType("RuntimeDefault")
                .endSeccompProfile()
                .endSecurityContext()
                .withVolumes(volumes(task, claims))
                .withContainers(container(role, claims))
                .endSpec()
                .build();
    }

    private static List<Volume> volumes(DiskTask task, List<PersistentVolumeClaim> claims) {
        List<Volume> volumes = new ArrayList<>();
        for (int disk = 0; disk < claims.size(); disk++) {
            volumes.add(new VolumeBuilder()
                    .withName("disk-" + disk)
                    .withNewPersistentVolumeClaim()
                    .withClaimName(claims.get(disk).getMetadata().getName())
                    .endPersistentVolumeClaim()
                    .build());
        }
        volumes.add(new VolumeBuilder()
                .withName(IDENTITY)
                .withNewSecret()
                .withSecretName(task.name())
                .withDefaultMode(OWNER_READS)
                .endSecret()
                .build());
        return volumes;
    }

    /** The data is where it is, and goes where the virtual machine was found a place: taints have been looked at for that one. */
    private static PodBuilder onNode(String node) {
        return new PodBuilder()
                .withNewSpec()
                .withNewAffinity()
                .withNewNodeAffinity()
                .withNewRequiredDuringSchedulingIgnoredDuringExecution()
                .addNewNodeSelectorTerm()
                .addNewMatchField()
                .withKey("metadata.name")
                .withOperator("In")
                .withValues(node)
                .endMatchField()
                .endNodeSelectorTerm()
                .endRequiredDuringSchedulingIgnoredDuringExecution()
                .endNodeAffinity()
                .endAffinity()
                .addNewToleration()
                .withOperator("Exists")
                .withEffect("NoSchedule")
                .endToleration()
                .endSpec();
    }

    private Container container(Role role, List<PersistentVolumeClaim> claims) {
        List<String> arguments =
                new ArrayList<>(List.of("copy", role.arguments().getFirst(), "--disks", DISKS));
        arguments.addAll(role.arguments().subList(1, role.arguments().size()));
        arguments.addAll(List.of("--identity", "/" + IDENTITY, "--report", REPORT));
        ContainerBuilder container = new ContainerBuilder()
                .withName("copy")
                .withImage(image)
                .withArgs(arguments)
                .withTerminationMessagePath(REPORT)
                .addNewVolumeMount()
                .withName(IDENTITY)
                .withMountPath("/" + IDENTITY)
                .withReadOnly(true)
                .endVolumeMount()
                .withNewSecurityContext()
                .withAllowPrivilegeEscalation(false)
                .withReadOnlyRootFilesystem(true)
                .withNewCapabilities()
                .withDrop("ALL")
                .endCapabilities()
                .endSecurityContext()
                .withNewResources()
                .withRequests(Map.of("cpu", new Quantity("100m"), "memory", new Quantity("256Mi")))
                .withLimits(Map.of("memory", new Quantity("512Mi")))
                .endResources();
        use(claims, role.readOnly(), container);
        return container.build();
    }

    private static void use(List<PersistentVolumeClaim> claims, boolean readOnly, ContainerBuilder container) {
        for (int disk = 0; disk < claims.size(); disk++) {
            String path = DISKS + "/" + disk;
            if (ClaimRecord.isBlock(claims.get(disk))) {
                container.addToVolumeDevices(new VolumeDeviceBuilder()
                        .withName("disk-" + disk)
                        .withDevicePath(path)
                        .build());
            } else {
                container.addToVolumeMounts(new VolumeMountBuilder()
                        .withName("disk-" + disk)
                        .withMountPath(path)
                        .withReadOnly(readOnly)
                        .build());
            }
        }
    }
}
