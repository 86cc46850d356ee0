package dev.drover.kubevirt;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Kind;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.Version;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One order to migrate an instance, and how it stands. */
@Group("kubevirt.io")
@Version("v1")
@Kind("VirtualMachineInstanceMigration")
@Plural("virtualmachineinstancemigrations")
public final class VirtualMachineInstanceMigration extends SlimResource implements Namespaced {

    /** The name of the instance, set by KubeVirt's webhook. */
    public static final String INSTANCE_LABEL = "kubevirt.io/vmi-name";
    /** On the migrations that Drover created. */
    public static final String MANAGED_BY_LABEL = "app.kubernetes.io/managed-by";

    public static final String DROVER = "drover";

    private Spec spec = new Spec("", null);
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

    /** Whether it has ended. A phase that this version does not know has not. */
    public boolean ended() {
        return "Succeeded".equals(status.phase()) || "Failed".equals(status.phase());
    }

    /** Whether Drover created it. */
    public boolean ours() {
        Map<String, String> labels = getMetadata().getLabels();
        return labels != null && DROVER.equals(labels.get(MANAGED_BY_LABEL));
    }

    /** @param addedNodeSelector labels that the target node must have besides; KubeVirt 1.6 and later */
    @JsonIgnoreProperties(ignoreUnknown = true)
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public record Spec(String vmiName, Map<String, String> addedNodeSelector) {
        public Spec {
            addedNodeSelector = Absent.map(addedNodeSelector);
        }
    }

    /** @param migrationState copied from the instance once the migration has ended */
    @JsonIgnoreProperties(ignoreUnknown = true)
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public record Status(
            @Nullable String phase,
            List<Condition> conditions,
            List<Transition> phaseTransitionTimestamps,
            VirtualMachineInstance.@Nullable MigrationState migrationState) {
        static final Status NONE = new Status(null, null, null, null);

        public Status {
            conditions = Absent.list(conditions);
            phaseTransitionTimestamps = Absent.list(phaseTransitionTimestamps);
        }
    }

    /** When a phase was entered, by the server's clock. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Transition(String phase, @Nullable String phaseTransitionTimestamp) {}
}
