package dev.drover.bench.generate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Equal nodes with as many virtual machines on each, of which a third are in groups of three on different nodes. */
final class CrowdedNodes {
    static final int CPU = 640;
    static final int MEMORY = 256;
    private static final int GROUP = 3;
    /** Of so many virtual machines one begins a group. */
    private static final int GROUPED = 9;

    private static final int EMPTIED = 3;
    private static final int MOST_DIRTY = 30;
    private static final String FIRST = "# nodes,%d,cpu capacity," + CPU + ",memory capacity," + MEMORY;

    private final int nodes;
    private final int each;
    private final RandomGenerator random;
    private final int[] memory;
    private final int[] group;

    CrowdedNodes(int nodes, int each, RandomGenerator random) {
        this.nodes = nodes;
        this.each = each;
        this.random = random;
        int mean = MEMORY * 58 / 100 / each;
        memory = IntStream.range(0, nodes * each)
                .map(vm -> random.nextInt(mean * 2 / 5, mean * 8 / 5 + 1))
                .toArray();
        group = groups();
    }

    static String header(int nodes) {
        return FIRST.formatted(nodes);
    }

    List<String> hot() {
        return members(List.of(header(nodes)), true);
    }

    List<String> toEmpty() {
        String emptied = IntStream.range(0, nodes)
                .filter(node -> node % EMPTIED == 0)
                .mapToObj(Integer::toString)
                .collect(Collectors.joining(",", "# evacuate,", ""));
        return members(List.of(header(nodes), emptied), false);
    }

    private List<String> members(List<String> head, boolean isHot) {
        List<String> lines = new ArrayList<>(head);
        lines.add("node,cpu,memory,group");
        for (int node = 0; node < nodes; node++) {
            double load = isHot && random.nextInt(3) == 0 ? random.nextDouble(1.05, 1.3) : random.nextDouble(0.4, 0.8);
            double[] parts = random.doubles(each, 0.5, 1.5).toArray();
            double sum = Arrays.stream(parts).sum();
            for (int i = 0; i < each; i++) {
                int vm = node * each + i;
                long cpu = Math.round(CPU * load * parts[i] / sum);
                lines.add(node + "," + cpu + "," + memory[vm] + "," + (group[vm] < 0 ? "" : group[vm]));
            }
        }
        return lines;
    }

    /** The targets fit all together, each beside what is there already. */
    List<String> onTheMove() {
        List<String> lines = new ArrayList<>(List.of(header(nodes), "node,memory,dirtyMBps,target"));
        int[] free = new int[nodes];
        Arrays.fill(free, MEMORY);
        for (int vm = 0; vm < memory.length; vm++) {
            free[vm / each] -= memory[vm];
        }
        for (int vm = 0; vm < memory.length; vm++) {
            String target = "";
            if (vm / each % EMPTIED == 0) {
                int to = targetFor(memory[vm], free);
                free[to] -= memory[vm];
                target = Integer.toString(to);
            }
            lines.add(vm / each + "," + memory[vm] + "," + random.nextInt(MOST_DIRTY) + "," + target);
        }
        return lines;
    }

    private int targetFor(int size, int[] free) {
        int start = random.nextInt(nodes);
        for (int i = 0; i < nodes; i++) {
            int node = (start + i) % nodes;
            if (node % EMPTIED != 0 && free[node] >= size) {
                return node;
            }
        }
        throw new IllegalStateException(
                "no node has room for a memory of (" + size + "). Take another seed or more nodes");
    }

    private int[] groups() {
        int[] of = new int[nodes * each];
        Arrays.fill(of, -1);
        int groups = of.length / GROUPED;
        for (int number = 0; number < groups; number++) {
            List<Integer> on = new ArrayList<>();
            for (int tries = 0; on.size() < GROUP && tries < of.length; tries++) {
                int vm = random.nextInt(of.length);
                if (of[vm] < 0 && !on.contains(vm / each)) {
                    of[vm] = number;
                    on.add(vm / each);
                }
            }
        }
        return of;
    }
}
