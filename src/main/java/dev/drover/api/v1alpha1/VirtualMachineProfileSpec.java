package dev.drover.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import org.jspecify.annotations.Nullable;

/** What virtual machines need, and how they may be treated. */
@ApiObject
public record VirtualMachineProfileSpec(
        @Required @JsonPropertyDescription("Which virtual machines of the namespace this describes.")
                VirtualMachineTarget virtualMachines,
        @Default("Inherit")
                @JsonPropertyDescription(
                        "Inherit: as the policy's mode says. Automatic: moved without asking where the policy is Automatic. Recommend: moved only by a plan that a person approved. Off: never moved by Drover. Write \"Off\" in quotes: YAML reads it as a boolean without.")
                Automation automation,
        @Default("Inherit")
                @JsonPropertyDescription(
                        "Inherit: by live migration, and as the ApplicationService says. Live: by live migration only. LiveOrCold: as Inherit. Never: not at all; the virtual machine counts as pinned.")
                Relocation relocation,
        @Min(0)
                @Max(10)
                @JsonPropertyDescription(
                        "Most moves of each of these virtual machines in 24 hours. Absent: the policy's perVirtualMachinePerDay. The smaller of the two holds.")
                @Nullable
                Integer maxMigrationsPerDay,
        @JsonPropertyDescription("What each of these virtual machines needs. It wins over what is measured.") @Nullable
                ConfiguredDemand demand) {
    public VirtualMachineProfileSpec {
        automation = automation == null ? Automation.INHERIT : automation;
        relocation = relocation == null ? Relocation.INHERIT : relocation;
    }
}
