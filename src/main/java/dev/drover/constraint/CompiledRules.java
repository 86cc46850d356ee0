package dev.drover.constraint;

import java.util.BitSet;
import java.util.List;
import java.util.Map;

/**
 * All constraints and native terms of a cluster as numbers: virtual machine and node indexes are those of the
 * {@link dev.drover.model.Cluster} they were compiled from. The arrays belong to this object: readers must not write them.
 *
 * <p>A domain is a number from 0; -1 says that the node is in no domain of that rule, and what is there does not count. Counts named
 * <em>fixed</em> are of other pods, which move with no virtual machine. A pod that keeps virtual machines out of a domain, or a term
 * that a running launcher pod carries and its successor will not, is no kernel: it takes nodes away from {@code mayEnter}.
 *
 * @param mayEnter by virtual machine: the nodes that it may be put on, by every rule about single nodes: allowed and forbidden
 *     nodes where that is required, the pod's node selector and affinity, taints, cordons, readiness, KubeVirt's limits on targets, labels that a constraint's
 *     topology key needs; equal sets are one object. Its present node need not be among them: staying is not entering
 * @param mustLeave by virtual machine whose present node constraints rule out, the first of them: AllowedNodes, ForbiddenNodes, or one
 *     whose topology key the node does not have
 * @param pinned the virtual machines that must not move
 * @param caps what rules limit
 * @param reserves what nodes can give, counting for each virtual machine what is reserved for it: like a lack of room, no conflict of rules
 */
public record CompiledRules(
        List<BitSet> mayEnter,
        Map<Integer, Origin> mustLeave,
        BitSet pinned,
        List<Separation> separations,
        List<Skew> skews,
        List<Together> togethers,
        List<Attraction> attractions,
        List<Cap> caps,
        List<Cap> reserves) {

    /** The same with other nodes to enter. */
    public CompiledRules withMayEnter(List<BitSet> nodes) {
        return new CompiledRules(nodes, mustLeave, pinned, separations, skews, togethers, attractions, caps, reserves);
    }

    /** The same with these limits, and no others. */
    CompiledRules limitedTo(List<Cap> limits) {
        return new CompiledRules(
                mayEnter, mustLeave, pinned, separations, skews, togethers, attractions, limits, List.of());
    }

    /**
     * Where a kernel came from. One that is only preferred forbids nothing: its breaches times its weight are what a placement costs.
     *
     * @param title names it to a person: {@link Constraint#title}, or what {@link #NATIVE} says of terms of pods
     * @param repair a breach that is there already is to be repaired; else only new breaches are forbidden
     * @param during whether it binds at each instant, or only once nothing moves
     * @param weight 0 when it is required; 1 to 100 when it is preferred, and then {@code repair} is false and {@code during} discrete
     */
    public record Origin(String title, boolean repair, Rule.During during, int weight) {
        public static final Origin NATIVE = new Origin("affinity of pods", false, Rule.During.CONTINUOUS, 0);

        public boolean required() {
            return weight == 0;
        }

        public boolean continuous() {
            return during == Rule.During.CONTINUOUS;
        }
    }

    /**
     * In no domain may a holder and another virtual machine that is a member meet. Spread: holders = members. SeparateFrom, Exclusive:
     * two sets. Native anti-affinity: the same.
     */
    public record Separation(Origin origin, int[] domainOf, BitSet holders, BitSet members) {}

    /**
     * Between the domains the number of members may differ by at most {@code maxSkew}; a domain that no member may enter is left
     * out (its nodes have -1), so that it can be emptied.
     *
     * @param fixedMembers by domain
     */
    public record Skew(Origin origin, int[] domainOf, BitSet members, int[] fixedMembers, int maxSkew) {}

    /**
     * All members that run, less those in no domain, are in at most {@code max} domains. That is 1 where it binds at each instant, and one
     * that runs alone may then still go to another.
     */
    public record Together(Origin origin, int[] domainOf, BitSet members, int max) {}

    /**
     * A holder may enter a domain only if a member is in it, or if no member runs anywhere and it is one itself. Its own running
     * copy is a member like any other, as kube-scheduler sees it. Nobody has to follow when a member leaves.
     *
     * @param fixedMembers by domain
     */
    public record Attraction(Origin origin, int[] domainOf, BitSet holders, BitSet members, int[] fixedMembers) {}

    /**
     * In each domain where one of those is for whose sake there is a limit, the weights of all members sum up to at most {@code max}.
     *
     * @param binding of the members those for whose sake there is a limit: all of them, but for what is reserved
     * @param weightOf by virtual machine; 1 when virtual machines are counted
     * @param max by domain
     */
    public record Cap(Origin origin, int[] domainOf, BitSet members, BitSet binding, long[] weightOf, long[] max) {

        /** Binding wherever a member is. */
        Cap(Origin origin, int[] domainOf, BitSet members, long[] weightOf, long[] max) {
            this(origin, domainOf, members, members, weightOf, max);
        }
    }
}
