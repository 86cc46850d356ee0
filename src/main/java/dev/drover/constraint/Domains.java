package dev.drover.constraint;

import dev.drover.model.Node;
import java.util.BitSet;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Nodes in groups.
 *
 * @param of by node: the number of its domain, -1 when it is in none
 * @param nodes by domain
 */
record Domains(int[] of, List<BitSet> nodes) {

    /** Each node by itself. */
    static Domains ofNodes(int count) {
        int[] of = new int[count];
        for (int node = 0; node < count; node++) {
            of[node] = node;
        }
        return of(of, count);
    }

    /** All nodes that {@code nodes} names in one domain. */
    static Domains ofOne(BitSet nodes, int count) {
        int[] of = new int[count];
        for (int node = 0; node < count; node++) {
            of[node] = nodes.get(node) ? 0 : -1;
        }
        return of(of, 1);
    }

    /** By the value of a label; domains are numbered in the order of the values. */
    static Domains ofLabel(List<Node> nodes, String key) {
        SortedMap<String, Integer> numbers = new TreeMap<>();
        for (Node node : nodes) {
            String value = node.labels().get(key);
            if (value != null) {
                numbers.put(value, 0);
            }
        }
        int next = 0;
        for (var entry : numbers.entrySet()) {
            entry.setValue(next++);
        }
        int[] of = new int[nodes.size()];
        for (int node = 0; node < of.length; node++) {
            String value = nodes.get(node).labels().get(key);
            of[node] = value == null ? -1 : numbers.get(value);
        }
        return of(of, next);
    }

    private static Domains of(int[] of, int count) {
        BitSet[] nodes = new BitSet[count];
        for (int domain = 0; domain < count; domain++) {
            nodes[domain] = new BitSet(of.length);
        }
        for (int node = 0; node < of.length; node++) {
            if (of[node] >= 0) {
                nodes[of[node]].set(node);
            }
        }
        return new Domains(of, List.of(nodes));
    }

    int count() {
        return nodes.size();
    }

    /** The nodes that are in a domain. */
    BitSet labelled() {
        BitSet result = new BitSet(of.length);
        nodes.forEach(result::or);
        return result;
    }

    /** The same nodes less those that {@code kept} leaves out. */
    Domains within(BitSet kept) {
        int[] remaining = of.clone();
        for (int node = 0; node < remaining.length; node++) {
            if (!kept.get(node)) {
                remaining[node] = -1;
            }
        }
        return of(remaining, count());
    }

    /** The same domains, but only those with a node that {@code reached} contains; the numbers stay. */
    Domains reachedBy(BitSet reached) {
        BitSet kept = new BitSet(of.length);
        for (BitSet domain : nodes) {
            if (domain.intersects(reached)) {
                kept.or(domain);
            }
        }
        return within(kept);
    }
}
