package dev.drover.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/** A rule over the virtual machines of one application: what a PlacementConstraint says, without saying over which. */
@ApiObject
@ValidationRule(
        value = "self.type == 'Spread' || !has(self.spread)",
        message = "The member spread belongs to type Spread only. Remove it, or change type to Spread.")
@ValidationRule(
        value = "self.type == 'Colocate' || !has(self.colocate)",
        message = "The member colocate belongs to type Colocate only. Remove it, or change type to Colocate.")
@ValidationRule(
        value = "(self.type == 'SameDomain') == has(self.sameDomain)",
        message =
                "Type SameDomain needs the member sameDomain, and no other type takes it. Write for example 'sameDomain: {topologyKey: topology.kubernetes.io/zone}', or change type.")
@ValidationRule(
        value = "(self.type == 'SeparateFrom') == has(self.separateFrom)",
        message =
                "Type SeparateFrom needs the member separateFrom, and no other type takes it. Write for example 'separateFrom: {selector: {matchLabels: {app: other}}}', or change type.")
@ValidationRule(
        value = "(self.type == 'AllowedNodes') == has(self.allowedNodes)",
        message =
                "Type AllowedNodes needs the member allowedNodes, and no other type takes it. Write for example 'allowedNodes: {nodeSelector: {matchLabels: {disk: fast}}}', or change type.")
@ValidationRule(
        value = "(self.type == 'ForbiddenNodes') == has(self.forbiddenNodes)",
        message =
                "Type ForbiddenNodes needs the member forbiddenNodes, and no other type takes it. Write for example 'forbiddenNodes: {nodeSelector: {matchLabels: {disk: slow}}}', or change type.")
@ValidationRule(
        value = "!has(self.weight) || (has(self.enforcement) && self.enforcement == 'Preferred')",
        message =
                "weight says how much a preference counts, and this rule is required. Add 'enforcement: Preferred', or remove weight.")
@ValidationRule(
        value =
                "!has(self.enforcement) || self.enforcement == 'Required' || !has(self.during) || self.during == 'Discrete'",
        message = "A preference is about virtual machines at rest. Remove during, or make the rule Required.")
public record ApplicationConstraint(
        @Required
                @ValidationRule(
                        value =
                                "!(self in ['Exclusive', 'Pinned', 'Capacity', 'Quarantine', 'Reserve', 'Overcommit', 'MaxNodesInUse'])",
                        message =
                                "Exclusive, Pinned, Capacity, Quarantine, Reserve, Overcommit and MaxNodesInUse take room from others. Ask an administrator for a ClusterPlacementConstraint of this type.")
                @JsonPropertyDescription(
                        "What must hold. Spread: on different nodes. Colocate: together. SameDomain: all inside one group of nodes. SeparateFrom: no node shared with those virtual machines. "
                                + "AllowedNodes: only on these nodes. ForbiddenNodes: never on these nodes. Exclusive, Pinned, Capacity, Quarantine, Reserve, Overcommit and MaxNodesInUse are for a ClusterPlacementConstraint only.")
                ConstraintType type,
        @JsonPropertyDescription(
                        "When the rule holds. Continuous: at each instant, also while a virtual machine is on two nodes. Discrete: at rest; it may be broken while something moves. "
                                + "Absent: Discrete for Colocate and SameDomain, Continuous for all others. With Continuous, Colocate and SameDomain keep virtual machines in their domain while more than one runs.")
                @Nullable
                During during,
        @JsonPropertyDescription(
                        "Required (also when absent): Drover never breaks the rule, and repairs what does. Preferred: Drover seeks it where no required rule and no overload speaks against it; it outranks an even load.")
                @Nullable
                Enforcement enforcement,
        @Min(1)
                @Max(100)
                @JsonPropertyDescription(
                        "With enforcement Preferred: how much one virtual machine in breach of the rule counts beside other preferences. Absent: 50.")
                @Nullable
                Integer weight,
        @JsonPropertyDescription(
                        "With type Spread: over what, and how evenly. Absent: over nodes, at most one on each.")
                ConstraintRules.@Nullable Spread spread,
        @JsonPropertyDescription("With type Colocate: together in what. Absent: on one node.")
                ConstraintRules.@Nullable Colocate colocate,
        @JsonPropertyDescription("With type SameDomain: which groups of nodes there are.")
                ConstraintRules.@Nullable SameDomain sameDomain,
        @JsonPropertyDescription("With type SeparateFrom: from which virtual machines.")
                ConstraintRules.@Nullable SeparateFrom separateFrom,
        @JsonPropertyDescription("With type AllowedNodes: which nodes.") ConstraintRules.@Nullable NodeSet allowedNodes,
        @JsonPropertyDescription("With type ForbiddenNodes: which nodes.")
                ConstraintRules.@Nullable NodeSet forbiddenNodes) {

    /** The constraint that it amounts to. */
    public PlacementConstraintSpec over(LabelSelector virtualMachines) {
        return new PlacementConstraintSpec(
                virtualMachines,
                type,
                during,
                enforcement,
                weight,
                spread,
                colocate,
                sameDomain,
                separateFrom,
                allowedNodes,
                forbiddenNodes);
    }
}
