package dev.drover.dump;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import dev.drover.api.v1alpha1.ClusterPlacementConstraintSpec;
import dev.drover.api.v1alpha1.PlacementConstraintSpec;
import dev.drover.api.v1alpha1.PlacementPolicySpec;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The file as it is written. What is absent is empty, false, or what Kubernetes takes it for; {@link Decoder} says what must be there.
 * Quantities are texts of Kubernetes ("500m", "16Gi"), times are those of ISO 8601.
 *
 * @param format {@link #FORMAT}; a file of another format is refused
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonPropertyOrder({"format", "takenAt"})
public record DumpFile(
        String format,
        String takenAt,
        List<NodeEntry> nodes,
        List<VmEntry> virtualMachines,
        List<PodEntry> pods,
        List<MigrationEntry> migrations,
        Map<String, Map<String, String>> namespaces,
        List<ConstraintEntry> constraints,
        List<ClusterConstraintEntry> clusterConstraints,
        List<PolicyEntry> policies,
        List<String> notes) {
    public static final String FORMAT = "drover.dev/dump/v1";

    public DumpFile {
        nodes = orEmpty(nodes);
        virtualMachines = orEmpty(virtualMachines);
        pods = orEmpty(pods);
        migrations = orEmpty(migrations);
        namespaces = orEmpty(namespaces);
        constraints = orEmpty(constraints);
        clusterConstraints = orEmpty(clusterConstraints);
        policies = orEmpty(policies);
        notes = orEmpty(notes);
    }

    /** @param ready absent: true; @param otherUsage what all but virtual machines use of it, absent when nothing measured it */
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    record NodeEntry(
            String name,
            @Nullable String uid,
            Map<String, String> labels,
            List<TaintEntry> taints,
            @Nullable Boolean ready,
            @Nullable Boolean cordoned,
            Map<String, String> allocatable,
            @Nullable Map<String, String> otherUsage) {
        NodeEntry {
            labels = orEmpty(labels);
            taints = orEmpty(taints);
            allocatable = orEmpty(allocatable);
        }
    }

    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    record TaintEntry(String key, @Nullable String value, String effect) {}

    /**
     * @param uid absent: namespace/name
     * @param owned a VirtualMachine owns it; absent: true
     * @param node absent while it starts
     * @param guest what the guest sees of CPU and memory; absent: what it requests
     * @param demand absent: what it requests
     * @param moves absent: it may be moved for every reason
     */
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    record VmEntry(
            String namespace,
            String name,
            @Nullable String uid,
            @Nullable String instanceUid,
            @Nullable Boolean owned,
            Map<String, String> labels,
            @Nullable String node,
            @Nullable String target,
            Map<String, String> requests,
            @Nullable Map<String, String> guest,
            @Nullable DemandEntry demand,
            @Nullable SchedulingEntry scheduling,
            @Nullable MigratableEntry liveMigration,
            @Nullable FreedomEntry moves) {
        VmEntry {
            labels = orEmpty(labels);
            requests = orEmpty(requests);
        }
    }

    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    record DemandEntry(Map<String, String> amount, String source) {
        DemandEntry {
            amount = orEmpty(amount);
        }
    }

    /** @param bytesPerSecond the most that KubeVirt lets one migration of it send; absent: no limit */
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    record MigratableEntry(@Nullable Boolean possible, @Nullable String reason, @Nullable Long bytesPerSecond) {}

    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    record FreedomEntry(
            @Nullable String allowed, @Nullable Boolean byApproval, @Nullable String because, List<String> avoids) {
        FreedomEntry {
            avoids = orEmpty(avoids);
        }
    }

    /** @param instanceUid of the virtual machine whose launcher it is; absent for other pods */
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    record PodEntry(
            String namespace,
            String name,
            @Nullable String uid,
            Map<String, String> labels,
            @Nullable String node,
            @Nullable String instanceUid,
            Map<String, String> requests,
            @Nullable SchedulingEntry scheduling,
            @Nullable Boolean terminating,
            @Nullable Boolean gated) {
        PodEntry {
            labels = orEmpty(labels);
            requests = orEmpty(requests);
        }
    }

    /** What a pod demands of its node. */
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    record SchedulingEntry(
            Map<String, String> nodeSelector,
            List<List<TestEntry>> nodeTerms,
            List<TolerationEntry> tolerations,
            List<TermEntry> affinity,
            List<TermEntry> antiAffinity,
            List<SpreadEntry> spreads) {
        SchedulingEntry {
            nodeSelector = orEmpty(nodeSelector);
            nodeTerms = orEmpty(nodeTerms);
            tolerations = orEmpty(tolerations);
            affinity = orEmpty(affinity);
            antiAffinity = orEmpty(antiAffinity);
            spreads = orEmpty(spreads);
        }
    }

    /** One test of labels; a list of them is a selector: all must hold, and an empty one selects everything. */
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    record TestEntry(String key, String operator, List<String> values) {
        TestEntry {
            values = orEmpty(values);
        }
    }

    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    record TolerationEntry(
            @Nullable String key, @Nullable Boolean exists, @Nullable String value, @Nullable String effect) {}

    /** @param namespaceSelector absent: only the named namespaces; an empty list: all */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record TermEntry(
            List<TestEntry> pods,
            List<String> namespaces,
            @Nullable List<TestEntry> namespaceSelector,
            String topologyKey) {
        TermEntry {
            pods = orEmpty(pods);
            namespaces = orEmpty(namespaces);
        }
    }

    record SpreadEntry(List<TestEntry> pods, String topologyKey, int maxSkew) {
        SpreadEntry {
            pods = orEmpty(pods);
        }
    }

    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    record MigrationEntry(
            String namespace,
            String name,
            @Nullable String uid,
            String virtualMachine,
            String phase,
            @Nullable String source,
            @Nullable String target,
            @Nullable Boolean ours,
            @Nullable String move,
            String created,
            @Nullable String phaseSince,
            @Nullable String failure) {}

    /** A PlacementConstraint. */
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    record ConstraintEntry(
            String namespace, String name, @Nullable String uid, String created, PlacementConstraintSpec spec) {}

    /** A ClusterPlacementConstraint. */
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    record ClusterConstraintEntry(
            String name, @Nullable String uid, String created, ClusterPlacementConstraintSpec spec) {}

    /** @param noBalanceBecause why its nodes are not balanced now; absent when they are */
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    record PolicyEntry(
            String name,
            @Nullable String uid,
            String created,
            PlacementPolicySpec spec,
            @Nullable String noBalanceBecause) {}

    private static <T> List<T> orEmpty(@Nullable List<T> list) {
        return list == null ? List.of() : list;
    }

    private static <K, V> Map<K, V> orEmpty(@Nullable Map<K, V> map) {
        return map == null ? Map.of() : map;
    }
}
