package dev.drover.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One application of a service: which virtual machines it is made of, and what has to be there before it starts. */
@ApiObject
@ValidationRule(
        value = "has(self.virtualMachines.template) || !has(self.recovery)",
        message =
                "recovery belongs to virtualMachines.template; virtual machines of a selector are started by their owner. Remove recovery, or give a template.")
@ValidationRule(
        value = "has(self.virtualMachines.template) || !has(self.replicas)",
        message =
                "replicas belongs to virtualMachines.template; of a selector the virtual machines count that there are. Remove replicas, or give a template.")
@ValidationRule(
        value = "has(self.virtualMachines.template) || !has(self.scaling)",
        message =
                "scaling belongs to virtualMachines.template: only what Drover makes can be made more and fewer. Remove scaling, or give a template.")
@ValidationRule(
        value =
                "!has(self.scaling) || !has(self.replicas) || self.replicas >= self.scaling.min && self.replicas <= self.scaling.max",
        message =
                "With scaling, replicas is the number to begin with, and is not from scaling.min to scaling.max. Put it there, or remove it to begin with min.")
public record Application(
        @Required
                @Size(min = 1, max = Application.NAME)
                @Pattern("^[a-z]([-a-z0-9]*[a-z0-9])?$")
                @JsonPropertyDescription(
                        "Its name, unique in the service. The virtual machines of its template are called by it and a number from 0 on: db-0, db-1.")
                String name,
        @Min(0)
                @Max(256)
                @JsonPropertyDescription(
                        "How many virtual machines are made of the template. Absent: 1. When it is lowered, the highest number goes first. With scaling, how many there are to begin with; absent then: scaling.min.")
                @Nullable
                Integer replicas,
        @Required @JsonPropertyDescription("Which virtual machines the application is made of.")
                ApplicationVirtualMachines virtualMachines,
        @Size(max = 16)
                @JsonPropertyDescription(
                        "What has to be there before a virtual machine of this application is started; in the reverse order it is stopped. Each entry must hold.")
                List<ApplicationDependency> dependsOn,
        @Size(max = 8)
                @JsonPropertyDescription(
                        "Rules over the virtual machines of this application, as PlacementConstraints state them. They are told apart by their places in the list.")
                List<ApplicationConstraint> constraints,
        @JsonPropertyDescription(
                        "What each virtual machine needs, until its instance has run and been measured for a whole window of its policy (demand.windowSeconds). A VirtualMachineProfile wins over it, and over what is measured.")
                @Nullable
                ConfiguredDemand profile,
        @JsonPropertyDescription(
                        "Makes virtual machines of the template more and fewer by the load: measured, and forecast as far ahead as one takes to become ready. The number is kept in the status. Absent: replicas says how many there are.")
                @Nullable
                ApplicationScaling scaling,
        @Default("Inherit")
                @JsonPropertyDescription(
                        "How these virtual machines may change their node. Inherit: as their VirtualMachineProfile says, else live. Live: by live migration only. LiveOrCold: also by a stop and a start on another node, where KubeVirt cannot move it live and a person orders it. Never: not at all; they count as pinned.")
                Relocation relocation,
        @JsonPropertyDescription("Who brings its virtual machines back, and in what order.") @Nullable
                Recovery recovery,
        @Default("Retain")
                @JsonPropertyDescription(
                        "What becomes of the disks that KubeVirt made for a virtual machine (dataVolumeTemplates) when Drover deletes it. Retain: they stay, and a virtual machine of the same name takes them up again. Delete: they go with it.")
                DeletionPolicy deletionPolicy) {

    /** On each virtual machine of a template, its instance and its pod: the name of the service. */
    public static final String SERVICE_LABEL = "drover.dev/service";

    /** The same: the name of the application. */
    public static final String APPLICATION_LABEL = "drover.dev/application";

    /** The longest name: with its number it is still a host name. */
    static final int NAME = 50;

    public Application {
        dependsOn = dependsOn == null ? List.of() : List.copyOf(dependsOn);
        constraints = constraints == null ? List.of() : List.copyOf(constraints);
        relocation = relocation == null ? Relocation.INHERIT : relocation;
        deletionPolicy = deletionPolicy == null ? DeletionPolicy.RETAIN : deletionPolicy;
    }

    /** Its virtual machines, by the labels of their instances. */
    public LabelSelector members(String service) {
        return virtualMachines.selector() == null
                ? LabelSelector.of(Map.of(SERVICE_LABEL, service, APPLICATION_LABEL, name))
                : virtualMachines.selector();
    }

    /** Whether Drover starts its virtual machines again, and nobody else does. */
    public boolean restartedByDrover() {
        return recovery != null && recovery.restartedBy() == RestartedBy.DROVER;
    }

    /** Whether its virtual machines are started on another node when theirs has died. */
    public boolean restartedElsewhere() {
        return recovery == null || recovery.onNodeFailure() == NodeFailure.RESTART;
    }

    /** Its place among those of the same priority; the lower number is restarted first. */
    public int restartOrder() {
        return recovery == null || recovery.order() == null ? 0 : recovery.order();
    }

    /** How many virtual machines are made of the template, with scaling: to begin with; 0 when they are adopted. */
    public int templated() {
        int unsaid = scaling == null ? 1 : scaling.min();
        return virtualMachines.template() == null ? 0 : replicas == null ? unsaid : replicas;
    }

    /** How many have to be ready for it to serve, of so many that are wanted: what the load asks for beyond the least may still start. */
    public int required(int desired) {
        return scaling == null ? desired : Math.min(desired, scaling.min());
    }

    /** The same with so many virtual machines. */
    public Application with(int count) {
        return new Application(
                name,
                count,
                virtualMachines,
                dependsOn,
                constraints,
                profile,
                scaling,
                relocation,
                recovery,
                deletionPolicy);
    }
}
