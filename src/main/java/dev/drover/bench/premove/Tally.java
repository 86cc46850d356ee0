package dev.drover.bench.premove;

/**
 * How the nodes fared.
 *
 * @param nodeSteps how many nodes there were, each counted at each step
 * @param hot of these, those that were asked for more than their target
 * @param aboveTarget core hours that were asked for above the target
 * @param unmet core hours that were asked for above what the node has
 * @param moves of virtual machines
 * @param early of these, those for a forecast
 * @param worse how often a move for a forecast left more contention, by the demand it was decided on
 */
record Tally(long nodeSteps, long hot, double aboveTarget, double unmet, long moves, long early, long worse) {
    static final Tally NONE = new Tally(0, 0, 0, 0, 0, 0, 0);

    Tally plus(Tally other) {
        return new Tally(
                nodeSteps + other.nodeSteps,
                hot + other.hot,
                aboveTarget + other.aboveTarget,
                unmet + other.unmet,
                moves + other.moves,
                early + other.early,
                worse + other.worse);
    }

    double hotPercent() {
        return nodeSteps == 0 ? 0 : 100.0 * hot / nodeSteps;
    }
}
