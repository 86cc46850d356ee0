package dev.drover.testbed.player;

import java.util.Arrays;

/** How the CPUs of a node are shared when its guests ask for more than there is. */
final class Contention {

    private Contention() {}

    /**
     * Weighted max-min fairness, the long-run behaviour of the kernel's fair scheduler: who asks for less than its share gets it all, the rest is
     * shared by weight among the others (progressive filling, Bertsekas and Gallager, "Data Networks", 6.5.2).
     *
     * @param capacity what the node has
     * @param demands what each guest asks for
     * @param weights the weight of each guest, greater than 0
     * @return what each guest gets: never more than it asks for, in sum never more than the capacity
     */
    static double[] share(double capacity, double[] demands, double[] weights) {
        var granted = new double[demands.length];
        var order = new Integer[demands.length];
        Arrays.setAll(order, i -> i);
        Arrays.sort(order, (a, b) -> Double.compare(demands[a] / weights[a], demands[b] / weights[b]));
        var left = Math.max(0, capacity);
        var weightLeft = Arrays.stream(weights).sum();
        for (var guest : order) {
            granted[guest] = Math.min(demands[guest], left * weights[guest] / weightLeft);
            left -= granted[guest];
            weightLeft -= weights[guest];
        }
        return granted;
    }
}
