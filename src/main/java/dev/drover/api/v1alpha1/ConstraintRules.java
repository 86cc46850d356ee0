package dev.drover.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.api.model.Quantity;
import org.jspecify.annotations.Nullable;

/** What both kinds of constraint can demand. The member that {@link #type()} names is never null; all others are. */
public sealed interface ConstraintRules permits PlacementConstraintSpec, ClusterPlacementConstraintSpec {
    /** The label that tells nodes apart. */
    String HOSTNAME = "kubernetes.io/hostname";

    LabelSelector virtualMachines();

    ConstraintType type();

    /** Null for what is usual for the type. */
    @Nullable
    During during();

    /** Null for required. */
    @Nullable
    Enforcement enforcement();

    /** 1 to 100, only with a preference; null for what is usual. */
    @Nullable
    Integer weight();

    @Nullable
    Spread spread();

    @Nullable
    Colocate colocate();

    @Nullable
    SameDomain sameDomain();

    @Nullable
    SeparateFrom separateFrom();

    @Nullable
    NodeSet allowedNodes();

    @Nullable
    NodeSet forbiddenNodes();

    /** On different values of a node label. */
    @ApiObject
    record Spread(
            @Default(HOSTNAME)
                    @Size(min = 1, max = Limits.QUALIFIED_NAME)
                    @Pattern(Limits.QUALIFIED_NAME_PATTERN)
                    @JsonPropertyDescription(
                            "The node label whose values are the domains, for example topology.kubernetes.io/zone. A node without it is not used.")
                    String topologyKey,
            @Min(1)
                    @Max(1000)
                    @JsonPropertyDescription(
                            "How many more the fullest domain may have than the emptiest. Absent: at most one virtual machine in each domain.")
                    @Nullable
                    Integer maxSkew) {
        public Spread {
            topologyKey = topologyKey == null ? HOSTNAME : topologyKey;
        }
    }

    /** In one domain, on one node by default. */
    @ApiObject
    record Colocate(
            @Default(HOSTNAME)
                    @Size(min = 1, max = Limits.QUALIFIED_NAME)
                    @Pattern(Limits.QUALIFIED_NAME_PATTERN)
                    @JsonPropertyDescription(
                            "The node label whose values are the domains; all virtual machines are in one of them.")
                    String topologyKey) {
        public Colocate {
            topologyKey = topologyKey == null ? HOSTNAME : topologyKey;
        }
    }

    /** In one domain, whichever that is. */
    @ApiObject
    record SameDomain(
            @Required
                    @Size(min = 1, max = Limits.QUALIFIED_NAME)
                    @Pattern(Limits.QUALIFIED_NAME_PATTERN)
                    @JsonPropertyDescription(
                            "The node label whose values are the groups of nodes, for example topology.kubernetes.io/zone.")
                    String topologyKey) {}

    /** Shares no node with these. */
    @ApiObject
    record SeparateFrom(
            @Required
                    @ValidationRule(
                            value = Limits.SELECTS_SOME,
                            message =
                                    "An empty selector would separate these virtual machines from all others. Name at least one label, or ask for a ClusterPlacementConstraint of type Exclusive.")
                    @JsonPropertyDescription(
                            "The virtual machines to keep away from, in the same namespaces, by the labels of their template.")
                    LabelSelector selector) {}

    /** Some nodes. */
    @ApiObject
    record NodeSet(
            @Required
                    @ValidationRule(
                            value = Limits.SELECTS_SOME,
                            message =
                                    "An empty selector selects every node, which would allow or forbid them all. Name at least one label.")
                    @JsonPropertyDescription("Which nodes, by their labels.")
                    LabelSelector nodeSelector) {}

    /** At most so many virtual machines, or so much of a resource. */
    @ApiObject
    @ValidationRule(
            value = "has(self.maxVirtualMachines) != has(self.resource)",
            message = "Give either maxVirtualMachines, or resource and max, not both and not neither.")
    @ValidationRule(
            value = "has(self.resource) == has(self.max)",
            message = "resource and max belong together. Write for example 'resource: memory' and 'max: 64Gi'.")
    record Capacity(
            @Min(0)
                    @Max(1000000)
                    @JsonPropertyDescription("The most virtual machines; 0 keeps the nodes free of them.")
                    @Nullable
                    Integer maxVirtualMachines,
            @Size(min = 1, max = Limits.QUALIFIED_NAME)
                    @Pattern(Limits.QUALIFIED_NAME_PATTERN)
                    @JsonPropertyDescription(
                            "The resource that is limited, as pods request it: cpu, memory, or a device such as nvidia.com/A100.")
                    @Nullable
                    String resource,
            @ValidationRule(
                            value = Limits.QUANTITY,
                            message =
                                    "max is not an amount of 0 or more. Write a whole number or a quantity, for example 16, 500m or 64Gi.")
                    @JsonPropertyDescription(
                            "The most that the selected virtual machines' pods may request of the resource together, for example 64Gi.")
                    @Nullable
                    Quantity max,
            @Required @JsonPropertyDescription("On which nodes, by their labels. Empty: on all of them.")
                    LabelSelector nodeSelector,
            @Size(min = 1, max = Limits.QUALIFIED_NAME)
                    @Pattern(Limits.QUALIFIED_NAME_PATTERN)
                    @JsonPropertyDescription(
                            "Given: the limit holds in each domain of this node label, kubernetes.io/hostname for each node. Absent: it holds for the sum over the nodes.")
                    @Nullable
                    String topologyKey) {
        public Capacity {
            nodeSelector = nodeSelector == null ? LabelSelector.EVERYTHING : nodeSelector;
        }
    }

    /** Nodes that nobody enters or leaves. */
    @ApiObject
    record Quarantine(
            @Required
                    @ValidationRule(
                            value = Limits.SELECTS_SOME,
                            message =
                                    "An empty selector would close every node. Name at least one label, or use type Pinned.")
                    @JsonPropertyDescription("Which nodes, by their labels.")
                    LabelSelector nodeSelector) {}

    /** What stays available to each. */
    @ApiObject
    @ValidationRule(
            value = "has(self.cpu) || has(self.memory)",
            message = "reserve names no resource. Give cpu, memory or both.")
    record Reserve(
            @ValidationRule(
                            value = Limits.CPU,
                            message =
                                    "cpu is not between 1m and 100k cores. Write cores or millicores, for example 2 or 1500m.")
                    @JsonPropertyDescription(
                            "So much CPU of its node is kept for each, in cores or millicores. Absent: what its pod requests.")
                    @Nullable
                    Quantity cpu,
            @ValidationRule(
                            value = Limits.MEMORY,
                            message = "memory is not between 1Mi and 1Pi. Write bytes with a unit, for example 8Gi.")
                    @JsonPropertyDescription(
                            "So much memory of its node is kept for each, in bytes. Absent: what its pod requests.")
                    @Nullable
                    Quantity memory) {}

    /** How much more than a node has its guests may be given. */
    @ApiObject
    record Overcommit(
            @Required
                    @JsonPropertyDescription(
                            "cpu: the virtual CPUs of the guests, beside the CPU of the node. memory: the memory that the guests see, beside the memory of the node.")
                    GuestResource resource,
            @Required
                    @Min(1)
                    @Max(100000)
                    @JsonPropertyDescription(
                            "At most so much of what the node has, in percent: 400 is four virtual CPUs for each.")
                    Integer ratioPercent,
            @Required
                    @JsonPropertyDescription("On which nodes, each by itself, by their labels. Empty: on all of them.")
                    LabelSelector nodeSelector) {
        public Overcommit {
            nodeSelector = nodeSelector == null ? LabelSelector.EVERYTHING : nodeSelector;
        }
    }

    /** At most so many of some nodes. */
    @ApiObject
    record MaxNodesInUse(
            @Required
                    @Min(1)
                    @Max(100000)
                    @JsonPropertyDescription("The most of these nodes that run any of the virtual machines.")
                    Integer max,
            @Required @JsonPropertyDescription("Which nodes are counted, by their labels. Empty: all of them.")
                    LabelSelector nodeSelector) {
        public MaxNodesInUse {
            nodeSelector = nodeSelector == null ? LabelSelector.EVERYTHING : nodeSelector;
        }
    }
}
