package dev.drover.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;

/** One test of an object's labels. */
@ApiObject
@ValidationRule(
        value =
                "self.operator in ['In', 'NotIn'] ? has(self.values) && self.values.size() > 0 : !has(self.values) || self.values.size() == 0",
        message =
                "In and NotIn need at least one entry in values, Exists and DoesNotExist take none. Add values, or change operator.")
public record LabelRequirement(
        @Required
                @Size(min = 1, max = Limits.QUALIFIED_NAME)
                @Pattern(Limits.QUALIFIED_NAME_PATTERN)
                @JsonPropertyDescription("The label's key.")
                String key,
        @Required @JsonPropertyDescription("How the label is compared with the values.") LabelOperator operator,
        @Size(max = 64)
                @JsonPropertyDescription(
                        "What the label's value is compared with: needed by In and NotIn, not allowed otherwise.")
                List<@Size(max = Limits.LABEL) @Pattern(Limits.LABEL_PATTERN) String> values) {
    public LabelRequirement {
        values = values == null ? List.of() : List.copyOf(values);
    }
}
