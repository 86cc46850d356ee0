package dev.drover.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/** One virtual machine by its name, or several by their labels. */
@ApiObject
@ValidationRule(
        value = "has(self.name) != has(self.selector)",
        message =
                "Give either name or selector, not both and not neither. A name wins over selectors of other profiles.")
public record VirtualMachineTarget(
        @Size(min = 1, max = Limits.NAME) @JsonPropertyDescription("The name of one virtual machine.") @Nullable
                String name,
        @JsonPropertyDescription("Virtual machines by the labels of their template. Empty: all of the namespace.")
                @Nullable
                LabelSelector selector) {}
