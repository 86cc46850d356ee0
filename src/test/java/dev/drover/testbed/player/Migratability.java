package dev.drover.testbed.player;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Whether a VMI can migrate live, by the checks of virt-handler that a specification alone can fail (calculateLiveMigrationCondition in vm.go). */
final class Migratability {

    /** On the VM's template: makes virt-handler report that the VM cannot migrate. The value is {@code Reason} or {@code Reason: message}. */
    static final String NOT_MIGRATABLE = "test.drover.dev/not-migratable";

    private static final String BRIDGE_ALLOWED = "kubevirt.io/allow-pod-bridge-network-live-migration";

    private Migratability() {}

    /** Why a VMI cannot migrate. */
    record Obstacle(String reason, String message) {}

    static Optional<Obstacle> obstacle(VmiView vmi) {
        var stated = vmi.annotations().get(NOT_MIGRATABLE);
        if (stated != null) {
            var colon = stated.indexOf(':');
            return colon < 0
                    ? Optional.of(new Obstacle(stated.trim(), "VMI is annotated as not migratable"))
                    : Optional.of(new Obstacle(
                            stated.substring(0, colon).trim(),
                            stated.substring(colon + 1).trim()));
        }
        return network(vmi).or(() -> devices(vmi)).or(() -> disks(vmi));
    }

    /** Block migration copies the disks as well; it is what virt-handler reports when a volume is not a claim. */
    static boolean copiesDisks(VmiView vmi) {
        return vmi.maps("spec", "volumes").stream()
                .anyMatch(volume -> claim(volume).isEmpty());
    }

    private static Optional<Obstacle> network(VmiView vmi) {
        var podNetworks = vmi.maps("spec", "networks").stream()
                .filter(network -> network.containsKey("pod"))
                .map(network -> network.get("name"))
                .toList();
        return vmi.maps("spec", "domain", "devices", "interfaces").stream()
                .filter(nic -> podNetworks.contains(nic.get("name")))
                .filter(nic -> nic.containsKey("bridge") && !vmi.annotations().containsKey(BRIDGE_ALLOWED))
                .findFirst()
                .map(
                        nic -> new Obstacle(
                                "InterfaceNotLiveMigratable",
                                "cannot migrate VMI which does not use masquerade or a migratable plugin to connect to the pod network"));
    }

    private static Optional<Obstacle> devices(VmiView vmi) {
        if (!vmi.maps("spec", "domain", "devices", "hostDevices").isEmpty()) {
            return Optional.of(new Obstacle(
                    "HostDeviceNotLiveMigratable", "VMI specifies non-migratable generic PCI host device"));
        }
        return vmi.maps("spec", "domain", "devices", "gpus").isEmpty()
                ? Optional.empty()
                : Optional.of(new Obstacle("HostDeviceNotLiveMigratable", "VMI specifies non-migratable GPU device"));
    }

    /** Whether its disks keep a VMI where it is. */
    static Optional<Obstacle> disks(VmiView vmi) {
        var shared = new java.util.HashSet<String>();
        for (var status : vmi.maps("status", "volumeStatus")) {
            var modes = VmiView.map(status.get("persistentVolumeClaimInfo")).get("accessModes");
            if (modes instanceof List<?> list && list.contains("ReadWriteMany")) {
                shared.add(String.valueOf(status.get("name")));
            }
        }
        return firstUnshared(vmi, shared)
                .map(claim -> new Obstacle(
                        "DisksNotLiveMigratable",
                        "cannot migrate VMI: PVC %s is not shared, live migration requires that all PVCs must be shared (using ReadWriteMany access mode)"
                                .formatted(claim)));
    }

    private static Optional<String> firstUnshared(VmiView vmi, Set<String> shared) {
        return vmi.maps("spec", "volumes").stream()
                .filter(volume -> !shared.contains(String.valueOf(volume.get("name"))))
                .flatMap(volume -> claim(volume).stream())
                .findFirst();
    }

    private static Optional<String> claim(Map<String, Object> volume) {
        var name = VmiView.map(volume.get("persistentVolumeClaim")).get("claimName");
        var dataVolume = VmiView.map(volume.get("dataVolume")).get("name");
        return name != null
                ? Optional.of(name.toString())
                : Optional.ofNullable(dataVolume).map(Object::toString);
    }
}
