package dev.drover.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Size;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How a service stands, as a whole, by application and by virtual machine. */
@ApiObject
public record ApplicationServiceStatus(
        @Size(max = Limits.CONDITIONS)
                @JsonPropertyDescription(
                        "Available: all virtual machines that are wanted are ready. Progressing: some are being started, stopped or removed. Degraded: some were ready and are so no longer. Recovering: nodes of some do not answer, or have died, and they are not ready again. TemplateAccepted: KubeVirt takes what is made of the templates. TemplateDrift: somebody else has changed fields of the templates' virtual machines. RulesInForce, Satisfied: where it states rules, whether all of them are acted on, and hold. Ready: the service is as its spec wants it.")
                List<Condition> conditions,
        @Min(0)
                @Max(Limits.GENERATION)
                @JsonPropertyDescription("The metadata.generation that this status was written for.")
                @Nullable
                Long observedGeneration,
        @Min(0) @Max(1000000) @JsonPropertyDescription("How many virtual machines are wanted.") @Nullable
                Integer desiredVirtualMachines,
        @Min(0)
                @Max(1000000)
                @JsonPropertyDescription("How many of them are ready, as spec.supervision counts it.")
                @Nullable
                Integer readyVirtualMachines,
        @JsonPropertyDescription(
                        "What all virtual machines that are wanted need together, also while they do not run: their demand, or as much as their profile or template states until there is one.")
                @Nullable
                ResourceDemand required,
        @JsonPropertyDescription(
                        "What is free, by requests, on the nodes that the service may use (spec.nodeSelector) and that are ready and not cordoned. A change of less than a fifth is not told.")
                @Nullable
                NodeResources available,
        @Size(max = 64) @JsonPropertyDescription("The applications, and those that are going.")
                List<ApplicationStatus> applications,
        @Size(max = ApplicationServiceStatus.MOST_RELOCATIONS)
                @JsonPropertyDescription(
                        "The relocations that people ordered: the one that goes on, and the last one of each virtual machine.")
                List<ServiceRelocation> relocations) {

    public static final int MOST_RELOCATIONS = 64;

    public static final ApplicationServiceStatus NONE =
            new ApplicationServiceStatus(null, null, null, null, null, null, null, null);

    public ApplicationServiceStatus {
        conditions = conditions == null ? List.of() : List.copyOf(conditions);
        applications = applications == null ? List.of() : List.copyOf(applications);
        relocations = relocations == null ? List.of() : List.copyOf(relocations);
    }

    /** The same with what is said of the applications. */
    public ApplicationServiceStatus with(List<ApplicationStatus> applications) {
        return new ApplicationServiceStatus(
                conditions,
                observedGeneration,
                desiredVirtualMachines,
                readyVirtualMachines,
                required,
                available,
                applications,
                relocations);
    }
}
