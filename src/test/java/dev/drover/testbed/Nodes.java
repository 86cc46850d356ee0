package dev.drover.testbed;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.time.Duration;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The nodes of a testbed: added, cordoned, killed and revived. KWOK plays the kubelets of those that carry the label. */
final class Nodes {

    /** KWOK looks after a node while it carries this label with the value "true". */
    static final String ALIVE_LABEL = "bed/alive";

    private static final Duration LIMIT = Duration.ofMinutes(3);
    private static final PatchContext MERGE = PatchContext.of(PatchType.JSON_MERGE);

    private final KubernetesClient client;
    private final InstantSource clock;

    Nodes(KubernetesClient client, InstantSource clock) {
        this.client = client;
        this.clock = clock;
    }

    /** Adds nodes and returns when pods can be scheduled on all of them. */
    void add(NodeShape... shapes) {
        Stream.of(shapes).forEach(shape -> client.resource(shape.toNode()).create());
        Set<String> names = Stream.of(shapes).map(NodeShape::name).collect(Collectors.toSet());
        Waiting.until(
                "The nodes are ready",
                LIMIT,
                () -> client.nodes().list().getItems().stream()
                                .filter(node ->
                                        names.contains(node.getMetadata().getName()))
                                .filter(Nodes::usable)
                                .count()
                        == names.size());
    }

    void remove() {
        client.nodes().delete();
        Waiting.until(
                "The nodes are gone",
                LIMIT,
                () -> client.nodes().list().getItems().isEmpty());
    }

    /**
     * Lets a node die the way a machine does: nobody renews its lease, nobody ends its pods, virt-handler's heartbeat is old. It
     * becomes NotReady when the controller-manager has missed its lease for 50 s.
     */
    void kill(String name) {
        String longAgo = clock.instant()
                .minus(Duration.ofMinutes(10))
                .truncatedTo(ChronoUnit.SECONDS)
                .toString();
        patch(
                name,
                """
                {"metadata":{"labels":{"%s":null},"annotations":{"kubevirt.io/heartbeat":"%s"}}}"""
                        .formatted(ALIVE_LABEL, longAgo));
    }

    void revive(String name) {
        patch(
                name,
                """
                {"metadata":{"labels":{"%s":"true","kubevirt.io/schedulable":"true"},"annotations":{"kubevirt.io/heartbeat":null}}}"""
                        .formatted(ALIVE_LABEL));
    }

    void setUnschedulable(String name, boolean unschedulable) {
        patch(name, "{\"spec\":{\"unschedulable\":%s}}".formatted(unschedulable));
    }

    void annotate(String name, String key, String value) {
        patch(name, "{\"metadata\":{\"annotations\":{\"%s\":\"%s\"}}}".formatted(key, value));
    }

    private void patch(String name, String body) {
        if (client.nodes().withName(name).get() == null) {
            throw new IllegalArgumentException("There is no node (" + name + "). The nodes are "
                    + client.nodes().list().getItems().stream()
                            .map(node -> node.getMetadata().getName())
                            .toList() + ".");
        }
        client.nodes().withName(name).patch(MERGE, body);
    }

    static boolean ready(Node node) {
        return node.getStatus().getConditions().stream()
                .anyMatch(condition -> condition.getType().equals("Ready")
                        && condition.getStatus().equals("True"));
    }

    private static boolean usable(Node node) {
        // The taint of a new node goes a moment after it has become ready.
        return ready(node)
                && node.getSpec().getTaints().stream()
                        .noneMatch(taint -> taint.getKey().equals("node.kubernetes.io/not-ready"));
    }
}
