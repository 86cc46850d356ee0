package dev.drover.kubevirt;

import java.util.Map;

/**
 * One migration to create.
 *
 * @param name of the VirtualMachineInstanceMigration; deterministic, so that a repeated order meets AlreadyExists
 * @param instance the VirtualMachineInstance's name
 * @param targetHostname value of the target node's label kubernetes.io/hostname
 * @param labels, annotations besides Drover's own
 */
public record MigrationOrder(
        String namespace,
        String name,
        String instance,
        String targetHostname,
        Map<String, String> labels,
        Map<String, String> annotations) {
    public MigrationOrder {
        labels = Map.copyOf(labels);
        annotations = Map.copyOf(annotations);
    }
}
