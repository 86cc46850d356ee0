package dev.drover.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/** A rule over virtual machines of one namespace: which ones, and what must hold for them. */
@ApiObject
@ValidationRule(value = RuleTexts.SPREAD, message = RuleTexts.SPREAD_MESSAGE)
@ValidationRule(value = RuleTexts.COLOCATE, message = RuleTexts.COLOCATE_MESSAGE)
@ValidationRule(value = RuleTexts.SAME_DOMAIN, message = RuleTexts.SAME_DOMAIN_MESSAGE)
@ValidationRule(value = RuleTexts.SEPARATE_FROM, message = RuleTexts.SEPARATE_FROM_MESSAGE)
@ValidationRule(value = RuleTexts.ALLOWED_NODES, message = RuleTexts.ALLOWED_NODES_MESSAGE)
@ValidationRule(value = RuleTexts.FORBIDDEN_NODES, message = RuleTexts.FORBIDDEN_NODES_MESSAGE)
@ValidationRule(value = RuleTexts.WEIGHT, message = RuleTexts.WEIGHT_MESSAGE)
@ValidationRule(value = RuleTexts.AT_REST, message = RuleTexts.AT_REST_MESSAGE)
public record PlacementConstraintSpec(
        @Required
                @JsonPropertyDescription(
                        "Which virtual machines of the namespace the rule is about, by the labels of their template (spec.template.metadata.labels). Empty: all of them.")
                LabelSelector virtualMachines,
        @Required
                @ValidationRule(value = RuleTexts.NO_ROOM_TAKEN, message = RuleTexts.NO_ROOM_TAKEN_MESSAGE)
                @JsonPropertyDescription(RuleTexts.ABOUT_TYPE)
                ConstraintType type,
        @JsonPropertyDescription(RuleTexts.ABOUT_DURING) @Nullable During during,
        @JsonPropertyDescription(RuleTexts.ABOUT_ENFORCEMENT) @Nullable Enforcement enforcement,
        @Min(1) @Max(100) @JsonPropertyDescription(RuleTexts.ABOUT_WEIGHT) @Nullable Integer weight,
        @JsonPropertyDescription(RuleTexts.ABOUT_SPREAD) ConstraintRules.@Nullable Spread spread,
        @JsonPropertyDescription(RuleTexts.ABOUT_COLOCATE) ConstraintRules.@Nullable Colocate colocate,
        @JsonPropertyDescription(RuleTexts.ABOUT_SAME_DOMAIN) ConstraintRules.@Nullable SameDomain sameDomain,
        @JsonPropertyDescription(RuleTexts.ABOUT_SEPARATE_FROM) ConstraintRules.@Nullable SeparateFrom separateFrom,
        @JsonPropertyDescription(RuleTexts.ABOUT_ALLOWED_NODES) ConstraintRules.@Nullable NodeSet allowedNodes,
        @JsonPropertyDescription(RuleTexts.ABOUT_FORBIDDEN_NODES) ConstraintRules.@Nullable NodeSet forbiddenNodes)
        implements ConstraintRules {
    public PlacementConstraintSpec {
        virtualMachines = virtualMachines == null ? LabelSelector.EVERYTHING : virtualMachines;
        spread = type == ConstraintType.SPREAD && spread == null ? new ConstraintRules.Spread(null, null) : spread;
        colocate = type == ConstraintType.COLOCATE && colocate == null ? new ConstraintRules.Colocate(null) : colocate;
    }
}
