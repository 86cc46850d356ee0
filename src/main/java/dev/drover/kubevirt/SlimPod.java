package dev.drover.kubevirt;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.fabric8.kubernetes.api.model.Affinity;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.TopologySpreadConstraint;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Kind;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.Version;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A pod: what it requests, where it is or may go, and whose it is. */
@Group("")
@Version("v1")
@Kind("Pod")
@Plural("pods")
public final class SlimPod extends SlimResource implements Namespaced {

    /** On the target pod of a migration: the uid of the migration. */
    public static final String MIGRATION_LABEL = "kubevirt.io/migrationJobUID";
    /** On the short-lived pods that only make a volume be provisioned. */
    public static final String TEMPORARY_ANNOTATION = "kubevirt.io/ephemeral-provisioning";

    private Spec spec = Spec.NONE;
    private Status status = Status.NONE;

    public Spec getSpec() {
        return spec;
    }

    public void setSpec(Spec spec) {
        this.spec = spec;
    }

    public Status getStatus() {
        return status;
    }

    public void setStatus(Status status) {
        this.status = status;
    }

    /** Succeeded or Failed: it holds nothing any more. */
    public boolean finished() {
        return "Succeeded".equals(status.phase()) || "Failed".equals(status.phase());
    }

    /** Uid of the VirtualMachineInstance that controls this pod; empty for any other pod, whatever its labels say. */
    public Optional<String> instanceUid() {
        for (OwnerReference owner : getMetadata().getOwnerReferences()) {
            if (Boolean.TRUE.equals(owner.getController())
                    && "VirtualMachineInstance".equals(owner.getKind())
                    && owner.getApiVersion().startsWith("kubevirt.io/")) {
                return Optional.of(owner.getUid());
            }
        }
        return Optional.empty();
    }

    /** Uid of the migration that this pod is the target of. */
    public Optional<String> migrationUid() {
        return Optional.ofNullable(getMetadata().getLabels()).map(labels -> labels.get(MIGRATION_LABEL));
    }

    /** Whether this pod only makes a volume be provisioned. */
    public boolean temporary() {
        Map<String, String> annotations = getMetadata().getAnnotations();
        return annotations != null && annotations.containsKey(TEMPORARY_ANNOTATION);
    }

    /** @param resources requests of the whole pod; where they name a resource they replace the sum over its containers */
    @JsonIgnoreProperties(ignoreUnknown = true)
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public record Spec(
            @Nullable String nodeName,
            Map<String, String> nodeSelector,
            @Nullable Affinity affinity,
            List<Toleration> tolerations,
            List<TopologySpreadConstraint> topologySpreadConstraints,
            List<Container> containers,
            List<Container> initContainers,
            Map<String, String> overhead,
            Needs resources,
            List<SchedulingGate> schedulingGates)
            implements Scheduled {
        static final Spec NONE = new Spec(null, null, null, null, null, null, null, null, null, null);

        public Spec {
            nodeSelector = Absent.map(nodeSelector);
            tolerations = Absent.list(tolerations);
            topologySpreadConstraints = Absent.list(topologySpreadConstraints);
            containers = Absent.list(containers);
            initContainers = Absent.list(initContainers);
            overhead = Absent.map(overhead);
            resources = resources == null ? Needs.NONE : resources;
            schedulingGates = Absent.list(schedulingGates);
        }
    }

    /** @param restartPolicy Always on an init container makes it a sidecar: it keeps running beside the containers */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Container(Needs resources, @Nullable String restartPolicy) {
        public Container {
            resources = resources == null ? Needs.NONE : resources;
        }

        public boolean sidecar() {
            return "Always".equals(restartPolicy);
        }
    }

    /** Quantities as they are written. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Needs(Map<String, String> requests) {
        static final Needs NONE = new Needs(Map.of());

        public Needs {
            requests = Absent.map(requests);
        }
    }

    @JsonIgnoreProperties(ignoreUnknown = true)
    public record SchedulingGate(String name) {}

    /** @param conditions only PodScheduled, which says why a pod is not bound */
    @JsonIgnoreProperties(ignoreUnknown = true)
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public record Status(@Nullable String phase, @Nullable String nominatedNodeName, List<Condition> conditions) {
        static final Status NONE = new Status(null, null, null);

        public Status {
            conditions = Absent.list(conditions).stream()
                    .filter(condition -> "PodScheduled".equals(condition.type()))
                    .toList();
        }
    }
}
