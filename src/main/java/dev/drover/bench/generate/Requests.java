package dev.drover.bench.generate;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/** Virtual machines of a few flavours that want to start: some in threes that must be apart, some in pairs that must be together. */
final class Requests {
    private static final int EACH = 12;
    private static final int ZONES = 20;
    private static final int HUNDRED = 100;
    private static final int APART = 30;
    private static final int TOGETHER = APART + 8;
    private static final int ZONED = 20;
    /** CPU, memory, and of a hundred so many. */
    private static final int[][] FLAVOURS = {
        {32, 16, 30}, {16, 8, 23}, {64, 24, 15}, {32, 32, 10}, {128, 48, 8}, {16, 16, 7}, {64, 48, 5}, {128, 96, 2}
    };

    private final int nodes;
    private final RandomGenerator random;

    Requests(int nodes, RandomGenerator random) {
        this.nodes = nodes;
        this.random = random;
    }

    List<String> lines() {
        List<String> lines = new ArrayList<>(List.of(CrowdedNodes.header(nodes), "cpu,memory,spread,colocate,zone"));
        int group = 0;
        while (lines.size() < EACH * nodes + 2) {
            int kind = random.nextInt(HUNDRED);
            if (kind < APART) {
                group++;
                for (int member = 0; member < 3; member++) {
                    lines.add(flavour() + "," + group + ",," + zone());
                }
            } else if (kind < TOGETHER) {
                group++;
                String zone = zone();
                lines.add(flavour() + ",," + group + "," + zone);
                lines.add(flavour() + ",," + group + "," + zone);
            } else {
                lines.add(flavour() + ",,," + zone());
            }
        }
        return lines;
    }

    private String flavour() {
        int draw = random.nextInt(HUNDRED);
        for (int[] flavour : FLAVOURS) {
            draw -= flavour[2];
            if (draw < 0) {
                return flavour[0] + "," + flavour[1];
            }
        }
        throw new IllegalStateException("the flavours do not add up to " + HUNDRED);
    }

    private String zone() {
        return random.nextInt(HUNDRED) < ZONED ? Integer.toString(random.nextInt(Math.min(ZONES, nodes))) : "";
    }
}
