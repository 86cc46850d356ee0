package dev.drover.testbed.player;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** A VirtualMachineInstance as the API server has it, with the fields that the node side reads. */
record VmiView(GenericKubernetesResource resource) {

    static final ResourceDefinitionContext KIND = new ResourceDefinitionContext.Builder()
            .withGroup("kubevirt.io")
            .withVersion("v1")
            .withKind("VirtualMachineInstance")
            .withPlural("virtualmachineinstances")
            .withNamespaced(true)
            .build();

    static final String TARGET_LABEL = "kubevirt.io/migrationTargetNodeName";
    private static final double DEFAULT_MEMORY = 1L << 30;

    VmId id() {
        return new VmId(
                resource.getMetadata().getNamespace(), resource.getMetadata().getName());
    }

    String uid() {
        return resource.getMetadata().getUid();
    }

    /** Versions of one object grow, so the greater one is the newer. */
    long version() {
        return Long.parseLong(resource.getMetadata().getResourceVersion());
    }

    boolean deleting() {
        return resource.getMetadata().getDeletionTimestamp() != null;
    }

    Map<String, String> labels() {
        return Objects.requireNonNullElse(resource.getMetadata().getLabels(), Map.of());
    }

    Map<String, String> annotations() {
        return Objects.requireNonNullElse(resource.getMetadata().getAnnotations(), Map.of());
    }

    String phase() {
        return text("status", "phase");
    }

    String node() {
        return text("status", "nodeName");
    }

    Optional<MigrationState> migration() {
        var state = map(resource.get("status", "migrationState"));
        return state.isEmpty() ? Optional.empty() : Optional.of(new MigrationState(state));
    }

    List<Map<String, Object>> conditions() {
        return maps("status", "conditions");
    }

    int cores() {
        var topology = map(resource.get("status", "currentCPUTopology"));
        var shape = topology.isEmpty() ? map(resource.get("spec", "domain", "cpu")) : topology;
        return count(shape, "cores") * count(shape, "sockets") * count(shape, "threads");
    }

    /** The memory of the guest in bytes. */
    double memory() {
        for (var field : List.of("guestCurrent", "guestRequested", "guestAtBoot")) {
            var value = text("status", "memory", field);
            if (!value.isEmpty()) {
                return DemandSyntax.value(value);
            }
        }
        return DEFAULT_MEMORY;
    }

    /** What virt-launcher and QEMU use beside the guest, in bytes. */
    double memoryOverhead() {
        var value = text("status", "memory", "memoryOverhead");
        return value.isEmpty() ? 0 : DemandSyntax.value(value);
    }

    List<Map<String, Object>> maps(Object... path) {
        return resource.get(path) instanceof List<?> list
                ? list.stream().map(VmiView::map).toList()
                : List.of();
    }

    String text(Object... path) {
        return Objects.toString(resource.<Object>get(path), "");
    }

    @SuppressWarnings("unchecked")
    static Map<String, Object> map(@org.jspecify.annotations.Nullable Object value) {
        return value instanceof Map<?, ?> map ? (Map<String, Object>) map : Map.of();
    }

    private static int count(Map<String, Object> topology, String field) {
        return topology.get(field) instanceof Number number ? Math.max(1, number.intValue()) : 1;
    }
}
