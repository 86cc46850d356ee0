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

/** A virtual machine as its owner wrote it. Its own labels never reach the instance: those of the template do. */
@Group("kubevirt.io")
@Version("v1")
@Kind("VirtualMachine")
@Plural("virtualmachines")
public final class VirtualMachine extends SlimResource implements Namespaced {

    private Spec spec = new Spec(null, null);
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

    /** @param runStrategy RerunOnFailure, Halted and so on; absent when the older field running says it */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Spec(@Nullable String runStrategy, Template template) {
        public Spec {
            template = template == null ? new Template(null, null) : template;
        }
    }

    /**
     * @param runStrategy the one that KubeVirt has carried out last; absent before the first instance
     * @param stateChangeRequests what KubeVirt was asked to do and has not done yet
     */
    @JsonIgnoreProperties(ignoreUnknown = true)
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public record Status(@Nullable String runStrategy, List<StateChangeRequest> stateChangeRequests) {
        static final Status NONE = new Status(null, null);

        public Status {
            stateChangeRequests = Absent.list(stateChangeRequests);
        }
    }

    /** @param action Start or Stop */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record StateChangeRequest(String action) {}

    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Template(TemplateMetadata metadata, TemplateSpec spec) {
        public Template {
            metadata = metadata == null ? new TemplateMetadata(null) : metadata;
            spec = spec == null ? new TemplateSpec(null) : spec;
        }
    }

    /** @param nodeSelector that instances and pods will have */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record TemplateSpec(Map<String, String> nodeSelector) {
        public TemplateSpec {
            nodeSelector = Absent.map(nodeSelector);
        }
    }

    /** @param labels those that instances and pods will have */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record TemplateMetadata(Map<String, String> labels) {
        public TemplateMetadata {
            labels = Absent.map(labels);
        }
    }
}
