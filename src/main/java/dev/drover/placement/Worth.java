package dev.drover.placement;

/**
 * Whether a better placement is worth its migrations, and which of two placements is the better one.
 *
 * <p>The levels are compared in the order of {@link Cost}. What counts grows with the aggressiveness: 1 repairs constraints only;
 * 2 also relieves nodes above their target and keeps preferred rules; 3, 4 and 5 also even out, as long as the spread of pressure is
 * above 0.15, 0.10 or 0.05. Where as few nodes as possible are wanted, these levels free nodes instead: one is worth a third, a half or
 * all of an average node.
 * A gain must exceed the price of the migrations by a margin, else small changes of demand would move machines to and fro. Keeping
 * a move and making it are judged alike, so a finished search finds nothing to do when it starts again.
 */
final class Worth {
    /** The least relief, in average nodes, that counts at all. */
    private static final double LEAST_RELIEF = 0.001;

    /** The least relief for each further migration, besides its price. */
    static final double RELIEF_PER_MOVE = 0.005;

    /** The least evening for each further migration, besides its price: the fall of the spread times the number of nodes. */
    private static final double EVENING_PER_MOVE = 0.02;

    /** What a freed node is worth at the highest aggressiveness, times its least spread: one whole node. */
    private static final double FREED_NODE = 0.05;

    private final int aggressiveness;
    private final int nodes;
    private final double threshold;
    private final double freedNode;

    /** @param nodes over how many the spread is taken */
    Worth(Goal goal, int nodes) {
        aggressiveness = goal.aggressiveness();
        this.nodes = nodes;
        double least =
                switch (aggressiveness) {
                    case 1, 2 -> Double.POSITIVE_INFINITY;
                    case 3 -> 0.15;
                    case 4 -> 0.10;
                    case 5 -> 0.05;
                    default ->
                        throw new IllegalArgumentException(
                                "The aggressiveness (" + aggressiveness + ") is unknown. Use 1 to 5.");
                };
        threshold = goal.consolidates() ? Double.POSITIVE_INFINITY : least;
        freedNode = goal.consolidates() ? FREED_NODE / least : 0;
    }

    boolean consolidates() {
        return freedNode > 0;
    }

    boolean relieves() {
        return aggressiveness >= 2;
    }

    boolean evens() {
        return threshold < 1;
    }

    /** The spread from which on evening counts, as a share of a node; infinite when it never does. */
    double threshold() {
        return threshold;
    }

    boolean uneven(double spread) {
        return spread > threshold + Cost.ROUNDING;
    }

    /** Whether to go from {@code without} to {@code with}, which has the more migrations or other ones. */
    boolean justifies(Cost without, Cost with) {
        if (with.violations() != without.violations()) {
            return with.violations() < without.violations();
        }
        double price = with.price() - without.price();
        int more = Math.max(0, with.moves() - without.moves());
        double relief = without.contention() - with.contention();
        if (relief < -Cost.ROUNDING) {
            return false;
        }
        if (relieves() && relief >= LEAST_RELIEF + more * RELIEF_PER_MOVE + price) {
            return true;
        }
        if (relieves() && with.preference() != without.preference()) {
            return with.preference() < without.preference();
        }
        int fewer = without.nodesInUse() - with.nodesInUse();
        if (fewer != 0) {
            return fewer * freedNode >= more * EVENING_PER_MOVE + price;
        }
        double evening = nodes * (without.spread() - with.spread());
        return uneven(without.spread()) && evening >= Math.max(1, more) * EVENING_PER_MOVE + price;
    }

    /** Whether {@code cost} is no worse than {@code wanted} by anything that would be worth a migration. */
    boolean asGood(Cost cost, Cost wanted) {
        boolean even = aggressiveness < 3
                || !uneven(cost.spread())
                || nodes * (cost.spread() - wanted.spread()) <= EVENING_PER_MOVE;
        return cost.violations() <= wanted.violations()
                && cost.contention() <= wanted.contention() + LEAST_RELIEF
                && (!relieves() || cost.preference() <= wanted.preference())
                && cost.nodesInUse() <= wanted.nodesInUse()
                && even;
    }

    boolean better(Cost left, Cost right) {
        if (left.violations() != right.violations()) {
            return left.violations() < right.violations();
        }
        if (differ(left.contention(), right.contention())) {
            return left.contention() < right.contention();
        }
        if (relieves() && left.preference() != right.preference()) {
            return left.preference() < right.preference();
        }
        if (left.nodesInUse() != right.nodesInUse()) {
            return left.nodesInUse() < right.nodesInUse();
        }
        double leftSpread = uneven(left.spread()) ? left.spread() : 0;
        double rightSpread = uneven(right.spread()) ? right.spread() : 0;
        if (differ(leftSpread, rightSpread)) {
            return leftSpread < rightSpread;
        }
        if (differ(left.price(), right.price())) {
            return left.price() < right.price();
        }
        return left.spread() < right.spread() - Cost.ROUNDING;
    }

    private static boolean differ(double left, double right) {
        return Math.abs(left - right) > Cost.ROUNDING;
    }
}
