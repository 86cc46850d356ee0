package dev.drover.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import java.util.Map;

/** Which objects, by their labels; all labels and all expressions must hold. An empty selector selects everything. */
@ApiObject
public record LabelSelector(
        @Size(max = 16)
                @ValidationRule(
                        value = Limits.LABEL_KEYS,
                        message =
                                "A key of matchLabels is not a label key. Use a name, or a DNS prefix, a slash and a name, for example app or example.com/tier.")
                @JsonPropertyDescription("Labels that the object must have, with exactly these values.")
                Map<String, @Size(max = Limits.LABEL) @Pattern(Limits.LABEL_PATTERN) String> matchLabels,
        @Size(max = 16) @JsonPropertyDescription("Tests that the object's labels must pass, all of them.")
                List<LabelRequirement> matchExpressions) {
    /** Selects everything. */
    public static final LabelSelector EVERYTHING = new LabelSelector(Map.of(), List.of());

    public LabelSelector {
        matchLabels = matchLabels == null ? Map.of() : Map.copyOf(matchLabels);
        matchExpressions = matchExpressions == null ? List.of() : List.copyOf(matchExpressions);
    }

    /** Those that have all these labels. */
    public static LabelSelector of(Map<String, String> matchLabels) {
        return new LabelSelector(matchLabels, List.of());
    }
}
