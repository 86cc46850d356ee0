package dev.drover.testbed.player;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The objects of metrics.k8s.io/v1beta1 as metrics-server writes them: CPU in nanocores, memory in KiB. */
final class MetricsJson {

    static final String GROUP_VERSION = "metrics.k8s.io/v1beta1";

    private MetricsJson() {}

    static Map<String, Object> resources() {
        return Map.of(
                "kind",
                "APIResourceList",
                "apiVersion",
                "v1",
                "groupVersion",
                GROUP_VERSION,
                "resources",
                List.of(resource("nodes", "NodeMetrics", false), resource("pods", "PodMetrics", true)));
    }

    static Map<String, Object> list(String kind, List<Map<String, Object>> items) {
        return Map.of("kind", kind + "List", "apiVersion", GROUP_VERSION, "metadata", Map.of(), "items", items);
    }

    static Map<String, Object> node(Usage.OfNode use, Instant at, MetricsMode mode) {
        var metadata = Map.of(
                "name", use.node().name(), "labels", use.node().labels(), "creationTimestamp", PlayedTime.stamp(at));
        return object("NodeMetrics", metadata, at, "usage", amount(use.amount(), mode));
    }

    static Map<String, Object> pod(Usage.OfPod use, Instant at, MetricsMode mode) {
        var pod = use.pod();
        var metadata = Map.of(
                "name", pod.id().name(),
                "namespace", pod.id().namespace(),
                "labels", pod.labels(),
                "creationTimestamp", PlayedTime.stamp(at));
        var compute = Map.of("name", "compute", "usage", amount(use.amount(), mode));
        return object("PodMetrics", metadata, at, "containers", List.of(compute));
    }

    static Map<String, Object> failure(int code, String reason, String message) {
        return Map.of(
                "kind",
                "Status",
                "apiVersion",
                "v1",
                "metadata",
                Map.of(),
                "status",
                "Failure",
                "reason",
                reason,
                "message",
                message,
                "code",
                code);
    }

    private static Map<String, Object> resource(String name, String kind, boolean namespaced) {
        return Map.of(
                "name",
                name,
                "singularName",
                "",
                "kind",
                kind,
                "namespaced",
                namespaced,
                "verbs",
                List.of("get", "list"));
    }

    private static Map<String, Object> object(String kind, Object metadata, Instant at, String field, Object value) {
        return Map.of(
                "kind",
                kind,
                "apiVersion",
                GROUP_VERSION,
                "metadata",
                metadata,
                "timestamp",
                PlayedTime.stamp(at),
                "window",
                "1s",
                field,
                value);
    }

    private static Map<String, String> amount(Usage.Amount amount, MetricsMode mode) {
        return switch (mode) {
            case NEGATIVE -> Map.of("cpu", "-5", "memory", "-1Gi");
            case MALFORMED -> Map.of("cpu", "NaN", "memory", "NaN");
            case ABSURD -> Map.of("cpu", "1e30", "memory", "1e30");
            case NORMAL, NOT_INSTALLED, UNAVAILABLE, EMPTY, STALE ->
                Map.of(
                        "cpu", String.format(Locale.ROOT, "%.0fn", amount.cpu() * 1e9),
                        "memory", String.format(Locale.ROOT, "%.0fKi", amount.memory() / 1024));
        };
    }
}
