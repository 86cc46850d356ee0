package dev.drover.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/** Who brings the virtual machines of an application back, and in what order. */
@ApiObject
@ValidationRule(
        value = "self.restartedBy == 'Drover' || (self.onNodeFailure == 'Restart' && !has(self.order))",
        message =
                "KubeVirt restarts each virtual machine by itself, at once and in no order. Set restartedBy to Drover, or leave onNodeFailure and order out.")
public record Recovery(
        @Default("KubeVirt")
                @JsonPropertyDescription(
                        "Who starts a virtual machine of the template again. KubeVirt: at once, in no order, also while Drover is down (run strategy RerunOnFailure). Drover: in order, and after the death of a node only when that is proven (run strategy Manual); while Drover is down nobody does.")
                RestartedBy restartedBy,
        @Default("Restart")
                @JsonPropertyDescription(
                        "What becomes of a virtual machine when its node has died. Restart: it is started on another node as soon as the death is proven. None: it waits until its node is back.")
                NodeFailure onNodeFailure,
        @Min(0)
                @Max(1000)
                @JsonPropertyDescription(
                        "Among virtual machines of services of the same priority the lower number is started first after the death of a node; what it depends on comes before it in any case. Absent: 0.")
                @Nullable
                Integer order) {
    public Recovery {
        restartedBy = restartedBy == null ? RestartedBy.KUBE_VIRT : restartedBy;
        onNodeFailure = onNodeFailure == null ? NodeFailure.RESTART : onNodeFailure;
    }
}
