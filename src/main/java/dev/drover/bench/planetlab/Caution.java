package dev.drover.bench.planetlab;

/**
 * How Drover's policy weighs energy against demand that is not met. One set of values for all days.
 *
 * @param halfLife        steps after which a value counts half in the mean and variance of its VM
 * @param meanOfAll       how many values of a VM's own the mean of all VMs is worth
 * @param varianceOfAll   how many values of a VM's own the variance of all VMs is worth
 * @param varianceShare   what share of that variance is expected of a VM of which nothing is known
 * @param margin          standard deviations of a node's demand that are kept free
 * @param fillAtFirst     share of the capacity that may be filled when the VMs are gathered
 * @param fillByRelief    the same for nodes that receive a VM from one with too much
 * @param fillByEmptying  the same when a node is emptied; lower, so that none is turned on again soon
 * @param emptyEvery      steps from one attempt to empty nodes to the next
 * @param movesAtOnce     migrations per VM that gathering and emptying may use at once
 * @param movesByAndBy    and in the course of the day
 * @param mostMoves       migrations per VM and day, with those of relief
 */
record Caution(
        double halfLife,
        double meanOfAll,
        double varianceOfAll,
        double varianceShare,
        double margin,
        double fillAtFirst,
        double fillByRelief,
        double fillByEmptying,
        int emptyEvery,
        double movesAtOnce,
        double movesByAndBy,
        double mostMoves) {

    static final Caution USUAL = new Caution(7.7, 2.6, 9.6, 1.02, 2.485, 0.889, 0.817, 0.8165, 4, 1.023, 0.278, 1.285);
}
