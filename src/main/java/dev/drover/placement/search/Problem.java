package dev.drover.placement.search;

import java.util.Arrays;
import java.util.function.Supplier;

/**
 * A reassignment problem: every virtual machine has a node now ({@code home}) and wants a better one. Nodes, virtual machines,
 * resources, groups, domains and zones are numbers from 0. Arrays are never changed after construction, but for those of {@link Live}; so it is safe for threads.
 *
 * @param capacity nodes x resources: what a node can hold at most; a negative figure means that nothing fits
 * @param comfort nodes x resources: use above it costs {@code excessWeight} a unit
 * @param demand virtual machines x resources, not negative
 * @param excessWeight for each resource
 * @param heldAtBoth for each resource: whether a moved virtual machine also keeps it at home until the end
 * @param home for each virtual machine its node now, or {@link #NOWHERE}
 * @param rules makes the rules of one more arrangement; called from any thread
 */
public record Problem(
        int nodes,
        int vms,
        int resources,
        int[] capacity,
        int[] comfort,
        int[] demand,
        long[] excessWeight,
        boolean[] heldAtBoth,
        int[] home,
        Groups groups,
        Topology topology,
        SameDomain sameDomain,
        Stranding[] strandings,
        MoveCosts moveCosts,
        Supplier<Rules> rules) {

    /** Without further rules. */
    public Problem(
            int nodes,
            int vms,
            int resources,
            int[] capacity,
            int[] comfort,
            int[] demand,
            long[] excessWeight,
            boolean[] heldAtBoth,
            int[] home,
            Groups groups,
            Topology topology,
            SameDomain sameDomain,
            Stranding[] strandings,
            MoveCosts moveCosts) {
        this(
                nodes,
                vms,
                resources,
                capacity,
                comfort,
                demand,
                excessWeight,
                heldAtBoth,
                home,
                groups,
                topology,
                sameDomain,
                strandings,
                moveCosts,
                () -> Rules.NONE);
    }

    /** Stands for the node of a virtual machine that has none. */
    public static final int NOWHERE = -1;

    /**
     * Virtual machines that belong together; each is in one group at most. Two of a group never share a node.
     *
     * @param of for each virtual machine its group, or -1
     * @param minDomains for each group: over how many domains it must be spread
     * @param needs for each group the groups of which a member must be in every zone where it has one
     * @param neededBy the inverse of {@code needs}
     */
    public record Groups(int count, int[] of, int[] minDomains, int[][] needs, int[][] neededBy) {

        /** Each for itself. */
        public static Groups none(int vms) {
            int[] of = new int[vms];
            Arrays.fill(of, -1);
            return new Groups(0, of, new int[0], new int[0][], new int[0][]);
        }
    }

    /** For each node its domain (spread counts these) and its zone (needs are met inside one). */
    public record Topology(int domains, int[] domainOf, int zones, int[] zoneOf) {

        /** All in one. */
        public static Topology flat(int nodes) {
            return new Topology(1, new int[nodes], 1, new int[nodes]);
        }
    }

    /**
     * Sets of virtual machines that are never in two domains; each is in one set at most. A set of which one has a home stays in the
     * domain of that.
     *
     * @param of for each virtual machine its set, or -1; empty where there are no sets
     * @param domainOf for each set and each node its domain, from 0, or -1 where none of the set may be
     */
    public record SameDomain(int[] of, int[][] domainOf) {
        /** No such sets. */
        public static final SameDomain NONE = new SameDomain(new int[0], new int[0][]);
    }

    /** Free {@code scarce} should be at least {@code ratio} units for each free unit of {@code plenty}; what lacks costs. */
    public record Stranding(int plenty, int scarce, int ratio, long weight) {}

    /**
     * @param ofVm for each virtual machine the cost of not being at home
     * @param ofGroups times the largest number of members away from home over all groups
     * @param between nodes x nodes, from home to the other
     */
    public record MoveCosts(long[] ofVm, long ofGroups, int[] between) {}
}
