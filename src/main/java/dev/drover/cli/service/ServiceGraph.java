package dev.drover.cli.service;

import dev.drover.api.v1alpha1.Application;
import dev.drover.api.v1alpha1.ApplicationDependency;
import dev.drover.api.v1alpha1.ApplicationService;
import dev.drover.api.v1alpha1.ApplicationServiceStatus;
import dev.drover.api.v1alpha1.ApplicationStatus;
import dev.drover.api.v1alpha1.DependencyState;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The applications of a service in the order of their start.
 *
 * @param service its namespace and name
 * @param applications those of an earlier stage first
 */
record ServiceGraph(String service, List<Node> applications) {

    /**
     * An application.
     *
     * @param stage 1 for those that wait for nothing, else one more than the latest that it waits for
     * @param ready of its virtual machines; null as long as nothing is reported
     * @param desired virtual machines; null as long as nothing is reported
     */
    record Node(
            String name,
            int stage,
            @Nullable Integer ready,
            @Nullable Integer desired,
            List<Edge> dependsOn,
            @Nullable String message) {}

    /** What is waited for, and for how long after that. */
    record Edge(String application, DependencyState until, int delaySeconds) {}

    /** The API server has seen to it that an application depends on earlier ones only. */
    static ServiceGraph of(ApplicationService service) {
        ApplicationServiceStatus status =
                Objects.requireNonNullElse(service.getStatus(), ApplicationServiceStatus.NONE);
        Map<String, ApplicationStatus> reported = new HashMap<>();
        status.applications().forEach(application -> reported.put(application.name(), application));
        Map<String, Integer> stages = new HashMap<>();
        List<Node> nodes = new ArrayList<>();
        for (Application application : service.getSpec().applications()) {
            int stage = 1
                    + application.dependsOn().stream()
                            .mapToInt(dependency -> stages.getOrDefault(dependency.application(), 0))
                            .max()
                            .orElse(0);
            stages.put(application.name(), stage);
            nodes.add(node(application, stage, reported.get(application.name())));
        }
        nodes.sort((one, other) -> Integer.compare(one.stage(), other.stage()));
        return new ServiceGraph(
                service.getMetadata().getNamespace() + "/"
                        + service.getMetadata().getName(),
                List.copyOf(nodes));
    }

    private static Node node(Application application, int stage, @Nullable ApplicationStatus status) {
        return new Node(
                application.name(),
                stage,
                status == null ? null : status.ready(),
                status == null ? null : status.desired(),
                application.dependsOn().stream().map(ServiceGraph::edge).toList(),
                status == null ? null : status.message());
    }

    private static Edge edge(ApplicationDependency dependency) {
        return new Edge(dependency.application(), dependency.until(), dependency.delaySeconds());
    }
}
