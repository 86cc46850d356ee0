package dev.drover.placement;

import dev.drover.model.Cluster;
import dev.drover.model.Resources;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * How much room is missing for a virtual machine on the node that comes nearest to having it: of those that nothing but room keeps it
 * away from, the one where the largest missing share of what it requests is the smallest.
 */
final class Shortage {
    private final Cluster cluster;
    private final Reservations held;
    private final int vm;

    Shortage(Cluster cluster, Reservations held, int vm) {
        this.cluster = cluster;
        this.held = held;
        this.vm = vm;
    }

    /** For a person; empty where no node is kept from taking it by room alone, or one takes it. */
    String nearest(BitSet nodes) {
        int nearest = -1;
        double least = Double.MAX_VALUE;
        for (int node = nodes.nextSetBit(0); node >= 0; node = nodes.nextSetBit(node + 1)) {
            double share = held.mayEnter(vm, node)
                            && held.keepsRules(vm, node)
                            && held.counters().parting(vm, node) < 0
                    ? share(node)
                    : Double.MAX_VALUE;
            if (share < least) {
                least = share;
                nearest = node;
            }
        }
        return nearest < 0 || least <= 0 ? "" : told(nearest);
    }

    private double share(int node) {
        double most = 0;
        for (int column = 0; column < held.columns(); column++) {
            if (held.amount(vm, column) > 0) {
                most = Math.max(most, missing(node, column) / (double) held.amount(vm, column));
            }
        }
        return most;
    }

    private long missing(int node, int column) {
        return held.used(node, column) + held.amount(vm, column) - held.room(node, column);
    }

    private String told(int node) {
        List<String> lacks = new ArrayList<>();
        for (int column = 0; column < held.columns(); column++) {
            if (held.amount(vm, column) > 0 && missing(node, column) > 0) {
                lacks.add(amount(held.sizes().names()[column], missing(node, column)));
            }
        }
        return "The node (%s) comes nearest: there it is short of %s. Free as much there, lower what it requests, or add a node."
                .formatted(cluster.nodes().get(node).name(), String.join(" and ", lacks));
    }

    private static String amount(String resource, long missing) {
        return switch (resource) {
            case Resources.CPU -> missing + "m of cpu";
            case Resources.MEMORY -> Math.ceilDiv(missing, 1L << 20) + "Mi of memory";
            default -> missing + " of " + resource;
        };
    }
}
