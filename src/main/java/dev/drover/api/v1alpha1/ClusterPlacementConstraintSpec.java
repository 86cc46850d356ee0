package dev.drover.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/** A rule over virtual machines of several namespaces. */
@ApiObject
@ValidationRule(value = RuleTexts.SPREAD, message = RuleTexts.SPREAD_MESSAGE)
@ValidationRule(value = RuleTexts.COLOCATE, message = RuleTexts.COLOCATE_MESSAGE)
@ValidationRule(value = RuleTexts.SAME_DOMAIN, message = RuleTexts.SAME_DOMAIN_MESSAGE)
@ValidationRule(value = RuleTexts.SEPARATE_FROM, message = RuleTexts.SEPARATE_FROM_MESSAGE)
@ValidationRule(value = RuleTexts.ALLOWED_NODES, message = RuleTexts.ALLOWED_NODES_MESSAGE)
@ValidationRule(value = RuleTexts.FORBIDDEN_NODES, message = RuleTexts.FORBIDDEN_NODES_MESSAGE)
@ValidationRule(
        value = "(self.type == 'Capacity') == has(self.capacity)",
        message =
                "Type Capacity needs the member capacity, and no other type takes it. Write for example 'capacity: {maxVirtualMachines: 10, nodeSelector: {}}', or change type.")
@ValidationRule(
        value = "(self.type == 'Quarantine') == has(self.quarantine)",
        message =
                "Type Quarantine needs the member quarantine, and no other type takes it. Write for example 'quarantine: {nodeSelector: {matchLabels: {rack: r7}}}', or change type.")
@ValidationRule(
        value = "(self.type == 'Reserve') == has(self.reserve)",
        message =
                "Type Reserve needs the member reserve, and no other type takes it. Write for example 'reserve: {cpu: 4, memory: 16Gi}', or change type.")
@ValidationRule(
        value = "(self.type == 'Overcommit') == has(self.overcommit)",
        message =
                "Type Overcommit needs the member overcommit, and no other type takes it. Write for example 'overcommit: {resource: cpu, ratioPercent: 400, nodeSelector: {}}', or change type.")
@ValidationRule(
        value = "(self.type == 'MaxNodesInUse') == has(self.maxNodesInUse)",
        message =
                "Type MaxNodesInUse needs the member maxNodesInUse, and no other type takes it. Write for example 'maxNodesInUse: {max: 2, nodeSelector: {}}', or change type.")
@ValidationRule(
        value =
                "!has(self.during) || self.during == 'Continuous' || !(self.type in ['Pinned', 'Quarantine', 'Reserve'])",
        message = "Types Pinned, Quarantine and Reserve hold at each instant. Remove during, or write Continuous.")
@ValidationRule(
        value = "!has(self.during) || self.during == 'Discrete' || self.type != 'MaxNodesInUse'",
        message = "Type MaxNodesInUse holds at rest. Remove during, or write Discrete.")
@ValidationRule(
        value =
                "!has(self.enforcement) || self.enforcement == 'Required' || !(self.type in ['Pinned', 'Quarantine', 'Reserve'])",
        message = "Types Pinned, Quarantine and Reserve cannot be mere preferences. Remove enforcement and weight.")
@ValidationRule(value = RuleTexts.WEIGHT, message = RuleTexts.WEIGHT_MESSAGE)
@ValidationRule(value = RuleTexts.AT_REST, message = RuleTexts.AT_REST_MESSAGE)
public record ClusterPlacementConstraintSpec(
        @JsonPropertyDescription(
                        "In which namespaces the virtual machines are, by the namespaces' labels. Absent or empty: in all of them.")
                @Nullable
                LabelSelector namespaceSelector,
        @Required
                @JsonPropertyDescription(
                        "Which virtual machines of these namespaces the rule is about, by the labels of their template (spec.template.metadata.labels). Empty: all of them.")
                LabelSelector virtualMachines,
        @Required
                @JsonPropertyDescription(
                        "What must hold. Spread: on different nodes. Colocate: together. SameDomain: all inside one group of nodes. SeparateFrom: no node shared with those virtual machines. "
                                + "AllowedNodes: only on these nodes. ForbiddenNodes: never on these nodes. Exclusive: no node shared with any other virtual machine. Pinned: must not move. "
                                + "Capacity: at most so many, or so much of a resource, on these nodes. Quarantine: nobody enters or leaves these nodes. "
                                + "Reserve: so much of its node stays available to each. Overcommit: guests are given at most so much of what each of these nodes has. MaxNodesInUse: at most so many of these nodes run them.")
                ConstraintType type,
        @JsonPropertyDescription(
                        "When the rule holds. Continuous: at each instant, also while a virtual machine is on two nodes. Discrete: at rest; it may be broken while something moves. "
                                + "Absent: Discrete for Colocate, SameDomain and MaxNodesInUse, Continuous for all others. With Continuous, Colocate and SameDomain keep virtual machines in their domain while more than one runs.")
                @Nullable
                During during,
        @JsonPropertyDescription(RuleTexts.ABOUT_ENFORCEMENT) @Nullable Enforcement enforcement,
        @Min(1) @Max(100) @JsonPropertyDescription(RuleTexts.ABOUT_WEIGHT) @Nullable Integer weight,
        @JsonPropertyDescription(RuleTexts.ABOUT_SPREAD) ConstraintRules.@Nullable Spread spread,
        @JsonPropertyDescription(RuleTexts.ABOUT_COLOCATE) ConstraintRules.@Nullable Colocate colocate,
        @JsonPropertyDescription(RuleTexts.ABOUT_SAME_DOMAIN) ConstraintRules.@Nullable SameDomain sameDomain,
        @JsonPropertyDescription(RuleTexts.ABOUT_SEPARATE_FROM) ConstraintRules.@Nullable SeparateFrom separateFrom,
        @JsonPropertyDescription(RuleTexts.ABOUT_ALLOWED_NODES) ConstraintRules.@Nullable NodeSet allowedNodes,
        @JsonPropertyDescription(RuleTexts.ABOUT_FORBIDDEN_NODES) ConstraintRules.@Nullable NodeSet forbiddenNodes,
        @JsonPropertyDescription("With type Capacity: how many, or how much of what, on which nodes.")
                ConstraintRules.@Nullable Capacity capacity,
        @JsonPropertyDescription("With type Quarantine: which nodes are closed, to come and to go.")
                ConstraintRules.@Nullable Quarantine quarantine,
        @JsonPropertyDescription(
                        "With type Reserve: how much is kept for each virtual machine, whatever its pod requests.")
                ConstraintRules.@Nullable Reserve reserve,
        @JsonPropertyDescription("With type Overcommit: how much of what, on which nodes.")
                ConstraintRules.@Nullable Overcommit overcommit,
        @JsonPropertyDescription("With type MaxNodesInUse: how many of which nodes.")
                ConstraintRules.@Nullable MaxNodesInUse maxNodesInUse)
        implements ConstraintRules {
    public ClusterPlacementConstraintSpec {
        virtualMachines = virtualMachines == null ? LabelSelector.EVERYTHING : virtualMachines;
        spread = type == ConstraintType.SPREAD && spread == null ? new ConstraintRules.Spread(null, null) : spread;
        colocate = type == ConstraintType.COLOCATE && colocate == null ? new ConstraintRules.Colocate(null) : colocate;
    }
}
