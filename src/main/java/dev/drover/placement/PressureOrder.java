package dev.drover.placement;

import java.util.BitSet;
import java.util.Comparator;

/**
 * Nodes by their pressure, the least pressed first, of equal ones the first. Between two questions only few of them change, so they are
 * brought in order by insertion. Not safe for threads.
 */
final class PressureOrder {
    private final Load load;
    private final int[] nodes;
    private final double[] pressure;

    PressureOrder(Load load, BitSet nodes) {
        this.load = load;
        this.nodes = nodes.stream()
                .boxed()
                .sorted(Comparator.comparingDouble(load::pressure))
                .mapToInt(node -> node)
                .toArray();
        pressure = new double[this.nodes.length];
    }

    /** As it is now; to be read before the next question and not to be written. */
    int[] now() {
        for (int place = 0; place < nodes.length; place++) {
            insert(place, nodes[place], load.pressure(nodes[place]));
        }
        return nodes;
    }

    private void insert(int last, int node, double value) {
        int place = last;
        while (place > 0 && (pressure[place - 1] > value || pressure[place - 1] == value && nodes[place - 1] > node)) {
            nodes[place] = nodes[place - 1];
            pressure[place] = pressure[place - 1];
            place--;
        }
        nodes[place] = node;
        pressure[place] = value;
    }
}
