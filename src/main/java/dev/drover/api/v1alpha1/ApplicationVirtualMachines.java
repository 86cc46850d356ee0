package dev.drover.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/** The virtual machines of an application: made by Drover, or by somebody else. */
@ApiObject
@ValidationRule(
        value = "has(self.template) != has(self.selector)",
        message =
                "Give either template (Drover makes the virtual machines) or selector (somebody else does), not both and not neither.")
public record ApplicationVirtualMachines(
        @JsonPropertyDescription(
                        "What Drover makes the virtual machines from. It applies them server-side as field manager drover and never takes a field from another manager.")
                @Nullable
                VirtualMachineTemplate template,
        @ValidationRule(
                        value = Limits.SELECTS_SOME,
                        message =
                                "An empty selector would adopt every virtual machine of the namespace. Name at least one label.")
                @JsonPropertyDescription(
                        "Virtual machines of the namespace that somebody else makes, by the labels of their template (spec.template.metadata.labels). Drover never creates, changes, starts, stops or deletes them.")
                @Nullable
                LabelSelector selector) {}
