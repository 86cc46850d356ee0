package dev.drover.observe;

import dev.drover.kubevirt.KubeVirt;
import dev.drover.kubevirt.MigrationPolicy;
import dev.drover.kubevirt.VirtualMachineInstance;
import dev.drover.model.Resources;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How much of the network KubeVirt lets a migration take: its configuration says it for all, and the MigrationPolicy that fits an instance
 * best for that one. Which fits best follows KubeVirt: most matching labels, then most of the instance, then the first by name.
 *
 * @param installed KubeVirt itself; empty or one
 */
record MigrationLimits(List<KubeVirt> installed, List<MigrationPolicy> policies) {
    static final MigrationLimits NONE = new MigrationLimits(List.of(), List.of());

    /** @param namespaces their labels by name */
    long bandwidth(VirtualMachineInstance instance, Map<String, Map<String, String>> namespaces) {
        String ofPolicy = policies.stream()
                .map(policy -> fit(policy, instance, namespaces))
                .filter(Fit::matches)
                .min(Comparator.naturalOrder())
                .map(fit -> fit.policy().getSpec().bandwidthPerMigration())
                .orElse(null);
        if (ofPolicy != null) {
            return bytes(ofPolicy);
        }
        return installed.isEmpty()
                ? 0
                : bytes(installed
                        .getFirst()
                        .getSpec()
                        .configuration()
                        .migrations()
                        .bandwidthPerMigration());
    }

    /** KubeVirt refuses what is no quantity; should it let one pass, nothing is known. */
    private static long bytes(@Nullable String quantity) {
        try {
            return quantity == null ? 0 : Amounts.read(Resources.MEMORY, quantity);
        } catch (IllegalArgumentException unreadable) {
            return 0;
        }
    }

    /** How many labels match; -1: not all that are wanted do, or none are. */
    private record Fit(MigrationPolicy policy, int ofNamespace, int ofInstance) implements Comparable<Fit> {

        boolean matches() {
            return ofNamespace >= 0 && ofInstance >= 0;
        }

        @Override
        public int compareTo(Fit other) {
            return Comparator.<Fit>comparingInt(fit -> -(fit.ofNamespace + fit.ofInstance))
                    .thenComparingInt(fit -> -fit.ofInstance)
                    .thenComparing(fit -> fit.policy.getMetadata().getName())
                    .compare(this, other);
        }
    }

    private static Fit fit(
            MigrationPolicy policy, VirtualMachineInstance instance, Map<String, Map<String, String>> namespaces) {
        MigrationPolicy.Selectors selectors = policy.getSpec().selectors();
        if (selectors == null
                || selectors.namespaceSelector() == null && selectors.virtualMachineInstanceSelector() == null) {
            return new Fit(policy, -1, -1);
        }
        Map<String, String> namespace =
                namespaces.getOrDefault(instance.getMetadata().getNamespace(), Map.of());
        Map<String, String> own =
                Objects.requireNonNullElse(instance.getMetadata().getLabels(), Map.of());
        return new Fit(
                policy,
                matching(selectors.namespaceSelector(), namespace),
                matching(selectors.virtualMachineInstanceSelector(), own));
    }

    private static int matching(@Nullable Map<String, String> wanted, Map<String, String> labels) {
        if (wanted == null) {
            return 0;
        }
        return labels.entrySet().containsAll(wanted.entrySet()) ? wanted.size() : -1;
    }
}
