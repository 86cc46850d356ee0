package dev.drover.placement;

/**
 * What a placement costs; the components are compared in their order, each with a tolerance for rounding.
 *
 * @param preference breaches of preferred rules, each times its weight
 * @param nodesInUse by virtual machines, where as few as possible are wanted, else 0
 * @param price of the migrations that lead to it, in the units of contention
 * @param moves how many they are
 */
record Cost(
        int violations, double contention, long preference, int nodesInUse, double spread, double price, int moves) {
    static final double ROUNDING = 1e-9;
}
