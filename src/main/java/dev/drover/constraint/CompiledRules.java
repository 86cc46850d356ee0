package dev.drover.constraint;

import java.util.BitSet;
import java.util.List;

/**
 * All constraints and native terms of a cluster as numbers: virtual machine and node indexes are those of the
 * {@link dev.drover.model.Cluster} they were compiled from. The arrays belong to this object: readers must not write them.
 *
 * <p>A domain is a number from 0; -1 says that the node is in no domain of that rule. Counts named <em>fixed</em> come from what does
 * not move with any virtual machine: other pods, and terms on running pods that their successors will not carry.
 *
 * @param mayEnter by virtual machine: the nodes that it may be put on, by every rule about single nodes: allowed and forbidden
 *     nodes, the pod's node selector and affinity, taints, cordons, readiness, KubeVirt's limits on targets
 * @param mustLeave the virtual machines whose present node an AllowedNodes or ForbiddenNodes constraint rules out
 * @param pinned the virtual machines that must not move
 */
public record CompiledRules(
        List<BitSet> mayEnter,
        BitSet mustLeave,
        BitSet pinned,
        List<Separation> separations,
        List<Skew> skews,
        List<Together> togethers,
        List<Attraction> attractions,
        List<Cap> caps) {

    /**
     * Where a kernel came from.
     *
     * @param constraint null-object {@link #NATIVE} for terms of pods
     * @param repair a breach that is there already is to be repaired; else only new breaches are forbidden
     */
    public record Origin(ConstraintId constraint, boolean repair) {
        public static final Origin NATIVE = new Origin(new ConstraintId("Pod", "", "native terms", ""), false);
    }

    /**
     * In no domain may a holder and another virtual machine that is a member meet (and so never a holder with a fixed member, nor a
     * member with a fixed holder). Spread: holders = members. SeparateFrom, Exclusive: two sets. Native anti-affinity: the same.
     */
    public record Separation(
            Origin origin, int[] domainOf, BitSet holders, BitSet members, int[] fixedHolders, int[] fixedMembers) {}

    /** Between the eligible domains the number of members may differ by at most {@code maxSkew}. */
    public record Skew(Origin origin, int[] domainOf, BitSet members, int[] fixedMembers, int maxSkew) {}

    /** All members that run are in one domain; binding only when nothing moves. */
    public record Together(Origin origin, int[] domainOf, BitSet members) {}

    /** A holder may enter a domain only if a member, other than itself, is in it (or if there is no member anywhere and it is one). */
    public record Attraction(Origin origin, int[] domainOf, BitSet holders, BitSet members, int[] fixedMembers) {}

    /**
     * In each domain the weights of the members sum up to at most {@code max}, less {@code fixed}.
     *
     * @param weightOf by virtual machine; 1 when virtual machines are counted
     */
    public record Cap(Origin origin, int[] domainOf, BitSet members, long[] weightOf, long[] max, long[] fixed) {}
}
