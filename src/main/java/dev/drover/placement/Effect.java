package dev.drover.placement;

/**
 * What one of several moves changes, all the others being made: by how much each term of the cost of the placement falls with it. Below 0
 * where it grows.
 *
 * @param violations of Required rules
 * @param contention demand above the target, in average nodes
 * @param preference breaches of preferred rules, each times its weight
 * @param nodesInUse where as few as possible are wanted
 * @param imbalance the standard deviation of the nodes' pressure
 */
public record Effect(int violations, double contention, long preference, int nodesInUse, double imbalance) {
    /** Of a move that is made for another one, or whose effect is not known. */
    public static final Effect NONE = new Effect(0, 0, 0, 0, 0);

    static Effect between(Cost without, Cost with) {
        return new Effect(
                without.violations() - with.violations(),
                difference(without.contention(), with.contention()),
                without.preference() - with.preference(),
                without.nodesInUse() - with.nodesInUse(),
                difference(without.spread(), with.spread()));
    }

    private static double difference(double without, double with) {
        return Math.abs(without - with) < Cost.ROUNDING ? 0 : without - with;
    }
}
