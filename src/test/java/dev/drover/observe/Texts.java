package dev.drover.observe;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.drover.kubevirt.SlimNode;
import dev.drover.kubevirt.SlimPod;
import dev.drover.kubevirt.VirtualMachine;
import dev.drover.kubevirt.VirtualMachineInstance;
import dev.drover.kubevirt.VirtualMachineInstanceMigration;

/** Objects from YAML, as the API server would send them. */
final class Texts {

    private static final YAMLMapper YAML = new YAMLMapper();

    private Texts() {}

    static <T> T read(Class<T> type, String yaml) {
        try {
            return YAML.readValue(yaml, type);
        } catch (JsonProcessingException malformed) {
            throw new IllegalArgumentException(malformed);
        }
    }

    /** A Skylake with 16 CPUs and 64 GiB. */
    static SlimNode node(String name) {
        return read(
                SlimNode.class,
                """
                metadata:
                  name: %1$s
                  uid: uid-%1$s
                  labels:
                    kubernetes.io/hostname: %1$s-host
                    cpu-vendor.node.kubevirt.io/Intel: "true"
                    host-model-cpu.node.kubevirt.io/Skylake: "true"
                    host-model-required-features.node.kubevirt.io/aes: "true"
                    cpu-model-migration.node.kubevirt.io/Skylake: "true"
                status:
                  allocatable: {cpu: "16", memory: 64Gi, pods: "250"}
                  capacity: {cpu: "16", memory: 64Gi, pods: "250"}
                  conditions: [{type: Ready, status: "True"}, {type: DiskPressure, status: "False"}]
                """
                        .formatted(name));
    }

    /** An instance of namespace default, owned by a virtual machine of the same name. */
    static VirtualMachineInstance instance(String name, String status) {
        return read(
                VirtualMachineInstance.class,
                """
                metadata:
                  name: %1$s
                  namespace: default
                  uid: uid-%1$s
                  labels: {app: web}
                  ownerReferences: [{apiVersion: kubevirt.io/v1, kind: VirtualMachine, name: %1$s, uid: vm-%1$s, controller: true}]
                spec: {domain: {cpu: {model: host-model}}}
                status: %2$s
                """
                        .formatted(name, status));
    }

    /** A launcher pod of that instance. */
    static SlimPod launcher(String pod, String instance, String rest) {
        return launcher(pod, instance, "", rest);
    }

    /** The target pod of a migration of that instance. */
    static SlimPod target(String pod, String instance, String migrationUid, String rest) {
        return launcher(pod, instance, ", kubevirt.io/migrationJobUID: " + migrationUid, rest);
    }

    private static SlimPod launcher(String pod, String instance, String label, String rest) {
        return read(
                SlimPod.class,
                """
                metadata:
                  name: %1$s
                  namespace: default
                  uid: uid-%1$s
                  labels: {app: web, kubevirt.io: virt-launcher, kubevirt.io/created-by: uid-%2$s%3$s}
                  ownerReferences: [{apiVersion: kubevirt.io/v1, kind: VirtualMachineInstance, name: %2$s, uid: uid-%2$s, controller: true}]
                %4$s
                """
                        .formatted(pod, instance, label, rest));
    }

    static VirtualMachineInstanceMigration migration(String name, String instance, String rest) {
        return read(
                VirtualMachineInstanceMigration.class,
                """
                metadata: {name: %1$s, namespace: default, uid: uid-%1$s, creationTimestamp: "2026-01-01T00:00:00Z"}
                spec: {vmiName: %2$s, addedNodeSelector: {kubernetes.io/hostname: node-2-host}}
                %3$s
                """
                        .formatted(name, instance, rest));
    }

    static VirtualMachine machine(String name, String metadataLabels, String templateLabels) {
        return read(
                VirtualMachine.class,
                """
                metadata: {name: %s, namespace: default, uid: vm-%1$s, labels: %s}
                spec: {template: {metadata: {labels: %s}}}
                """
                        .formatted(name, metadataLabels, templateLabels));
    }
}
