package dev.drover.admission;

import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Manifests for tests on the control plane. */
final class VmManifests {
    private VmManifests() {}

    /** Virtual machines APP-0, APP-1, ... in the namespace default with the label app=APP. */
    static String vms(String app, int count) {
        return IntStream.range(0, count)
                .mapToObj(i ->
                        """
                        ---
                        apiVersion: kubevirt.io/v1
                        kind: VirtualMachine
                        metadata: {name: %1$s-%2$d, namespace: default}
                        spec:
                          runStrategy: Always
                          template:
                            metadata: {labels: {app: %1$s}}
                            spec:
                              evictionStrategy: LiveMigrate
                              domain:
                                cpu: {cores: 1}
                                memory: {guest: 1Gi}
                                devices: {disks: [], interfaces: [{name: default, masquerade: {}}]}
                              networks: [{name: default, pod: {}}]
                              volumes: []
                        """
                                .formatted(app, i))
                .collect(Collectors.joining());
    }

    /** The gang of this name: virtual machines GANG-0, GANG-1, ..., as many as its size says, each with so much memory. */
    static String gang(String gang, int size, String memory) {
        return vms(gang, size)
                .replace(
                        "labels: {app: " + gang + "}",
                        "labels: {app: %s, %s: %s, %s: '%d'}"
                                .formatted(gang, Membership.GANG, gang, Membership.SIZE, size))
                .replace("memory: {guest: 1Gi}", "memory: {guest: " + memory + "}");
    }

    /** The policy of all nodes. */
    static String policy(String admission) {
        return """
                apiVersion: drover.dev/v1alpha1
                kind: PlacementPolicy
                metadata: {name: default}
                spec: {admission: %s}
                """
                .formatted(admission);
    }
}
