package dev.drover.api.v1alpha1;

/** What the schemas say in the same words of a constraint, whether it stands by itself, for a cluster or within an application. */
final class RuleTexts {
    private RuleTexts() {}

    static final String SPREAD = "self.type == 'Spread' || !has(self.spread)";
    static final String SPREAD_MESSAGE =
            "The member spread belongs to type Spread only. Remove it, or change type to Spread.";
    static final String COLOCATE = "self.type == 'Colocate' || !has(self.colocate)";
    static final String COLOCATE_MESSAGE =
            "The member colocate belongs to type Colocate only. Remove it, or change type to Colocate.";
    static final String SAME_DOMAIN = "(self.type == 'SameDomain') == has(self.sameDomain)";
    static final String SAME_DOMAIN_MESSAGE =
            "Type SameDomain needs the member sameDomain, and no other type takes it. Write for example 'sameDomain: {topologyKey: topology.kubernetes.io/zone}', or change type.";
    static final String SEPARATE_FROM = "(self.type == 'SeparateFrom') == has(self.separateFrom)";
    static final String SEPARATE_FROM_MESSAGE =
            "Type SeparateFrom needs the member separateFrom, and no other type takes it. Write for example 'separateFrom: {selector: {matchLabels: {app: other}}}', or change type.";
    static final String ALLOWED_NODES = "(self.type == 'AllowedNodes') == has(self.allowedNodes)";
    static final String ALLOWED_NODES_MESSAGE =
            "Type AllowedNodes needs the member allowedNodes, and no other type takes it. Write for example 'allowedNodes: {nodeSelector: {matchLabels: {disk: fast}}}', or change type.";
    static final String FORBIDDEN_NODES = "(self.type == 'ForbiddenNodes') == has(self.forbiddenNodes)";
    static final String FORBIDDEN_NODES_MESSAGE =
            "Type ForbiddenNodes needs the member forbiddenNodes, and no other type takes it. Write for example 'forbiddenNodes: {nodeSelector: {matchLabels: {disk: slow}}}', or change type.";
    static final String WEIGHT = "!has(self.weight) || (has(self.enforcement) && self.enforcement == 'Preferred')";
    static final String WEIGHT_MESSAGE =
            "weight says how much a preference counts, and this rule is required. Add 'enforcement: Preferred', or remove weight.";
    static final String AT_REST =
            "!has(self.enforcement) || self.enforcement == 'Required' || !has(self.during) || self.during == 'Discrete'";
    static final String AT_REST_MESSAGE =
            "A preference is about virtual machines at rest. Remove during, or make the rule Required.";
    static final String NO_ROOM_TAKEN =
            "!(self in ['Exclusive', 'Pinned', 'Capacity', 'Quarantine', 'Reserve', 'Overcommit', 'MaxNodesInUse'])";
    static final String NO_ROOM_TAKEN_MESSAGE =
            "Exclusive, Pinned, Capacity, Quarantine, Reserve, Overcommit and MaxNodesInUse take room from others. Ask an administrator for a ClusterPlacementConstraint of this type.";
    static final String ABOUT_TYPE =
            "What must hold. Spread: on different nodes. Colocate: together. SameDomain: all inside one group of nodes. SeparateFrom: no node shared with those virtual machines. "
                    + "AllowedNodes: only on these nodes. ForbiddenNodes: never on these nodes. Exclusive, Pinned, Capacity, Quarantine, Reserve, Overcommit and MaxNodesInUse are for a ClusterPlacementConstraint only.";
    static final String ABOUT_DURING =
            "When the rule holds. Continuous: at each instant, also while a virtual machine is on two nodes. Discrete: at rest; it may be broken while something moves. "
                    + "Absent: Discrete for Colocate and SameDomain, Continuous for all others. With Continuous, Colocate and SameDomain keep virtual machines in their domain while more than one runs.";
    static final String ABOUT_ENFORCEMENT =
            "Required (also when absent): Drover never breaks the rule, and repairs what does. Preferred: Drover seeks it where no required rule and no overload speaks against it; it outranks an even load.";
    static final String ABOUT_WEIGHT =
            "With enforcement Preferred: how much one virtual machine in breach of the rule counts beside other preferences. Absent: 50.";
    static final String ABOUT_SPREAD =
            "With type Spread: over what, and how evenly. Absent: over nodes, at most one on each.";
    static final String ABOUT_COLOCATE = "With type Colocate: together in what. Absent: on one node.";
    static final String ABOUT_SAME_DOMAIN = "With type SameDomain: which groups of nodes there are.";
    static final String ABOUT_SEPARATE_FROM = "With type SeparateFrom: from which virtual machines.";
    static final String ABOUT_ALLOWED_NODES = "With type AllowedNodes: which nodes.";
    static final String ABOUT_FORBIDDEN_NODES = "With type ForbiddenNodes: which nodes.";
}
