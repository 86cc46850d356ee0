package dev.drover.kubevirt;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.api.model.OwnerReference;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * That a node which does not answer is forced to restart, or is switched off, by an operator of medik8s; a NodeHealthCheck creates one for
 * each unhealthy node, and deletes it when the node is healthy. Of its spec, which may hold passwords, nothing is kept.
 */
public abstract sealed class Remediation extends SlimResource implements Namespaced
        permits SelfNodeRemediation, FenceAgentsRemediation {
    /** Written when one operator is asked by several templates, so that the object cannot have the name of the node. */
    private static final String NODE_NAME = "remediation.medik8s.io/node-name";

    private Status status = new Status(null);

    public Status getStatus() {
        return status;
    }

    public void setStatus(Status status) {
        this.status = status;
    }

    /** The node that is meant; empty when it has the name of an object that is none, a Machine of OpenShift. */
    public Optional<String> node() {
        List<OwnerReference> owners = getMetadata().getOwnerReferences();
        Set<String> kinds = owners == null
                ? Set.of()
                : owners.stream().map(OwnerReference::getKind).collect(Collectors.toSet());
        if (kinds.contains("Machine") && !kinds.contains("NodeHealthCheck")) {
            return Optional.empty();
        }
        Map<String, String> annotations = getMetadata().getAnnotations();
        String name = getMetadata().getName();
        return Optional.of(annotations == null ? name : annotations.getOrDefault(NODE_NAME, name));
    }

    /** When its operator has said, by its own clock, that the node was restarted or is off; empty before. */
    public Optional<String> completedAt() {
        boolean done = proving().stream().allMatch(type -> condition(type).isPresent());
        return done ? condition("Succeeded").map(Condition::lastTransitionTime) : Optional.empty();
    }

    /** The conditions that have to be true for that. */
    abstract List<String> proving();

    private Optional<Condition> condition(String type) {
        return status.conditions().stream()
                .filter(condition -> condition.type().equals(type) && condition.isTrue())
                .findFirst();
    }

    @JsonIgnoreProperties(ignoreUnknown = true)
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public record Status(List<Condition> conditions) {
        public Status {
            conditions = Absent.list(conditions);
        }
    }
}
