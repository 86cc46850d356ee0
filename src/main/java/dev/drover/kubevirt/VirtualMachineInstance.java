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

/** A virtual machine that runs or is about to. It has no status subresource, and Drover never writes it. */
@Group("kubevirt.io")
@Version("v1")
@Kind("VirtualMachineInstance")
@Plural("virtualmachineinstances")
public final class VirtualMachineInstance extends SlimResource implements Namespaced {

    private static final String LIVE_MIGRATABLE = "LiveMigratable";
    private static final String READY = "Ready";
    private static final String RUNNING = "Running";

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

    /** Succeeded or Failed: it will never run again. */
    public boolean ended() {
        return "Succeeded".equals(status.phase()) || "Failed".equals(status.phase());
    }

    /** Uid of the VirtualMachine that controls this instance. */
    public Optional<String> virtualMachineUid() {
        return getMetadata().getOwnerReferences().stream()
                .filter(owner -> Boolean.TRUE.equals(owner.getController()) && "VirtualMachine".equals(owner.getKind()))
                .map(OwnerReference::getUid)
                .findFirst();
    }

    @JsonIgnoreProperties(ignoreUnknown = true)
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public record Spec(
            Map<String, String> nodeSelector,
            @Nullable Affinity affinity,
            List<Toleration> tolerations,
            List<TopologySpreadConstraint> topologySpreadConstraints,
            @Nullable String architecture,
            Domain domain)
            implements Scheduled {
        static final Spec NONE = new Spec(null, null, null, null, null, null);

        public Spec {
            nodeSelector = Absent.map(nodeSelector);
            tolerations = Absent.list(tolerations);
            topologySpreadConstraints = Absent.list(topologySpreadConstraints);
            domain = domain == null ? Domain.NONE : domain;
        }
    }

    @JsonIgnoreProperties(ignoreUnknown = true)
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public record Domain(
            @Nullable Cpu cpu, @Nullable Memory memory, SlimPod.Needs resources, @Nullable Machine machine) {
        static final Domain NONE = new Domain(null, null, null, null);

        public Domain {
            resources = resources == null ? SlimPod.Needs.NONE : resources;
        }
    }

    /**
     * @param model host-model (also when absent), host-passthrough or a named model
     * @param sockets times cores times threads is the number of virtual CPUs; each is 1 when absent
     */
    @JsonIgnoreProperties(ignoreUnknown = true)
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public record Cpu(
            @Nullable String model,
            List<CpuFeature> features,
            @Nullable Integer sockets,
            @Nullable Integer cores,
            @Nullable Integer threads) {
        public Cpu {
            features = Absent.list(features);
        }
    }

    /** @param policy require, forbid, force, optional or disable */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record CpuFeature(String name, @Nullable String policy) {}

    /** @param guest quantity of memory that the guest sees */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Memory(@Nullable String guest) {}

    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Machine(@Nullable String type) {}

    /**
     * @param conditions only LiveMigratable and Ready: the others of an instance are long and change often
     * @param phaseTransitionTimestamps only when it began to run
     */
    @JsonIgnoreProperties(ignoreUnknown = true)
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public record Status(
            @Nullable String phase,
            @Nullable String nodeName,
            List<Condition> conditions,
            @Nullable MigrationState migrationState,
            @Nullable Machine machine,
            List<PhaseTransition> phaseTransitionTimestamps) {
        static final Status NONE = new Status(null, null, null, null, null, null);

        public Status {
            conditions = Absent.list(conditions).stream()
                    .filter(condition -> LIVE_MIGRATABLE.equals(condition.type()) || READY.equals(condition.type()))
                    .toList();
            phaseTransitionTimestamps = Absent.list(phaseTransitionTimestamps).stream()
                    .filter(transition -> RUNNING.equals(transition.phase()))
                    .toList();
        }

        /** What KubeVirt says of its moving live; empty while it has not said anything. */
        public Optional<Condition> liveMigratable() {
            return condition(LIVE_MIGRATABLE);
        }

        /** Whether its readiness probe succeeds; without one, whether it runs. Empty while KubeVirt has not said anything. */
        public Optional<Condition> ready() {
            return condition(READY);
        }

        private Optional<Condition> condition(String type) {
            return conditions.stream()
                    .filter(condition -> type.equals(condition.type()))
                    .findFirst();
        }

        public boolean running() {
            return RUNNING.equals(phase);
        }
    }

    /** When it came into a phase, as the server wrote it. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record PhaseTransition(String phase, @Nullable String phaseTransitionTimestamp) {}

    /** How the newest migration stands; written from the hand-off to the node on. Times are as the server wrote them. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public record MigrationState(
            @Nullable String migrationUid,
            @Nullable String sourceNode,
            @Nullable String targetNode,
            @Nullable String startTimestamp,
            @Nullable String failureReason,
            @Nullable Boolean completed) {}
}
