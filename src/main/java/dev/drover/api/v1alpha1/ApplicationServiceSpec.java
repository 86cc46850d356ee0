package dev.drover.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A service: its applications, in what order they start, and what counts as their being well. */
@ApiObject
public record ApplicationServiceSpec(
        @Default("Running")
                @JsonPropertyDescription(
                        "Running: the virtual machines of templates are started in the order of their dependencies. Stopped: they are stopped in the reverse order. Adopted virtual machines are neither started nor stopped.")
                RunPolicy runPolicy,
        @Default("Active")
                @JsonPropertyDescription(
                        "Active: Drover carries the service out. Paused: it changes none of its virtual machines and moves none, and goes on to report.")
                Management management,
        @Default("Application")
                @JsonPropertyDescription(
                        "What counts as ready. Application: the virtual machine's readiness probe succeeds. VirtualMachine: it runs. Both are always reported.")
                Supervision supervision,
        @ValidationRule(
                        value = "self != 'Off'",
                        message =
                                "A service cannot take its virtual machines out of what administrators require at their start. Choose Advise or Gate, or leave admission out.")
                @JsonPropertyDescription(
                        "How its virtual machines are placed when they start, on nodes whose policy places at all. Gate: those of an application that start at once are placed together, by one decision. Advise: one by one, by a preference. Absent: as the policy says.")
                @Nullable
                AdmissionMode admission,
        @ValidationRule(
                        value = Limits.SELECTS_SOME,
                        message =
                                "An empty nodeSelector would say that the service may use every node, as without it. Name at least one label, or leave nodeSelector out.")
                @JsonPropertyDescription(
                        "The nodes that the service may use at all, by their labels: for its virtual machines, the adopted ones too, a required rule of type AllowedNodes. Absent: all that the virtual machines themselves may use.")
                @Nullable
                LabelSelector nodeSelector,
        @Size(min = 1, max = Limits.NAME)
                @JsonPropertyDescription(
                        "A PriorityClass of the cluster: after the death of nodes the virtual machines of services with a higher value are restarted first, where recovery.restartedBy is Drover. Absent: the value 0.")
                @Nullable
                String priorityClassName,
        @Required
                @Size(min = 1, max = 32)
                @ValidationRule(
                        value = "self.all(a, self.exists_one(b, b.name == a.name))",
                        message = "Two applications have the same name. Rename one of them.")
                @ValidationRule(
                        value =
                                "self.map(a, has(a.scaling) ? a.scaling.max : has(a.replicas) ? a.replicas : 1).sum() <= "
                                        + ApplicationServiceSpec.MOST_MACHINES,
                        message =
                                "The service has more than 512 virtual machines. Those that scaling may add count. Lower replicas or scaling.max, or make several services of it.")
                @ValidationRule(
                        value =
                                "self.all(a, !has(a.dependsOn) || a.dependsOn.all(d, self.exists(b, b.name == d.application)))",
                        message =
                                "dependsOn names an application that the service does not have. Correct its name, or add the application.")
                @ValidationRule(
                        value = ApplicationServiceSpec.EARLIER_ONLY,
                        message =
                                "dependsOn may name applications only that stand earlier in the list, so that no circle can be made. Move the application behind those that it depends on.")
                @JsonPropertyDescription("The applications. One that depends on another stands behind it in the list.")
                List<Application> applications) {

    static final int MOST_MACHINES = 512;

    /** The names are made once, as the only entry of a list: made for each dependency, they would cost more than the API server allows. */
    static final String EARLIER_ONLY =
            "[self.map(b, b.name)].all(names, self.all(a, !has(a.dependsOn) || a.dependsOn.all(d,"
                    + " names.indexOf(d.application) < names.indexOf(a.name))))";

    public ApplicationServiceSpec {
        runPolicy = runPolicy == null ? RunPolicy.RUNNING : runPolicy;
        management = management == null ? Management.ACTIVE : management;
        supervision = supervision == null ? Supervision.APPLICATION : supervision;
        applications = applications == null ? List.of() : List.copyOf(applications);
    }
}
