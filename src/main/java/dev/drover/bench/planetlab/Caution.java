package dev.drover.bench.planetlab;

/**
 * How Drover's policy weighs energy against demand that is not met. One set of values for all days.
 *
 * @param halfLife       steps after which a value counts half in the mean and variance of its VM
 * @param varianceOfAll  how many values of a VM's own the variance of all VMs is worth
 * @param varianceShare  what share of that variance is expected of a VM of which nothing is known
 * @param margin         standard deviations of a node's demand that are kept free
 * @param fillAtFirst    share of the capacity that may be filled when the VMs are gathered
 * @param fillByRelief   the same for nodes that receive a VM from one with too much
 * @param fillByEmptying the same when a node is emptied; lower, so that none is turned on again soon
 * @param movesAtOnce    migrations per VM that gathering and emptying may use at once
 * @param movesByAndBy   and in the course of the day, more of them early
 * @param mostMoves      migrations per VM and day, with those of relief
 * @param reserve        how many of those emptying leaves to relief at the start of the day, less and less until its end
 */
record Caution(
        double halfLife,
        double varianceOfAll,
        double varianceShare,
        double margin,
        double fillAtFirst,
        double fillByRelief,
        double fillByEmptying,
        double movesAtOnce,
        double movesByAndBy,
        double mostMoves,
        double reserve) {

    static final Caution USUAL = new Caution(9.3, 11, 0.8, 2.92, 1.08, 0.916, 0.88, 0.885, 0.4, 1.29, 0.3);
}
