package dev.drover.testbed.player;

import io.fabric8.kubernetes.api.model.PersistentVolume;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A PersistentVolume.
 *
 * @param provisioner who made it, or empty
 * @param hostnames of the nodes that reach it; empty when all do
 */
record VolumeView(
        String name, String provisioner, String phase, String policy, boolean deleting, List<String> hostnames) {

    static final String PROVISIONED_BY = "pv.kubernetes.io/provisioned-by";
    static final String HOSTNAME = "kubernetes.io/hostname";

    static VolumeView of(PersistentVolume volume) {
        var meta = volume.getMetadata();
        return new VolumeView(
                meta.getName(),
                Objects.requireNonNullElse(meta.getAnnotations(), Map.<String, String>of())
                        .getOrDefault(PROVISIONED_BY, ""),
                volume.getStatus() == null
                        ? ""
                        : Objects.requireNonNullElse(volume.getStatus().getPhase(), ""),
                Objects.requireNonNullElse(volume.getSpec().getPersistentVolumeReclaimPolicy(), ""),
                meta.getDeletionTimestamp() != null,
                hostnames(volume));
    }

    private static List<String> hostnames(PersistentVolume volume) {
        var affinity = volume.getSpec().getNodeAffinity();
        return affinity == null
                ? List.of()
                : affinity.getRequired().getNodeSelectorTerms().stream()
                        .flatMap(term -> term.getMatchExpressions().stream())
                        .filter(expression -> expression.getKey().equals(HOSTNAME))
                        .flatMap(expression -> expression.getValues().stream())
                        .toList();
    }

    /** Whether its provisioner is to delete it, with its data: the check of sig-storage-lib-external-provisioner (shouldDelete). */
    boolean isToGo() {
        return provisioner.equals(LocalVolumes.PROVISIONER)
                && phase.equals("Released")
                && policy.equals("Delete")
                && !deleting;
    }

    boolean isOn(Map<String, String> nodeLabels) {
        return hostnames.isEmpty() || hostnames.contains(nodeLabels.get(HOSTNAME));
    }
}
