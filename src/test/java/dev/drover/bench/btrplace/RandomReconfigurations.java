package dev.drover.bench.btrplace;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;

/** Small instances of which no rule is broken at the beginning. */
final class RandomReconfigurations {
    private static final int CAPACITY = 20;

    private final Random random;
    private final int nodes;
    private int allNodes;
    private final SmallInstance instance = new SmallInstance();
    private final List<Integer> nodeOf = new ArrayList<>();
    private final List<Integer> amounts = new ArrayList<>();

    private RandomReconfigurations(long seed, int mostNodes) {
        random = new Random(seed);
        nodes = 2 + random.nextInt(mostNodes - 1);
        allNodes = nodes;
    }

    static Reconfiguration of(long seed, int mostNodes) {
        RandomReconfigurations it = new RandomReconfigurations(seed, mostNodes);
        it.nodesAndVms();
        it.rules();
        return it.instance.build();
    }

    private void nodesAndVms() {
        IntStream.range(0, nodes).forEach(node -> instance.node(CAPACITY));
        if (random.nextBoolean()) {
            instance.offline(CAPACITY);
            allNodes++;
        }
        for (int node = 0; node < nodes; node++) {
            int left = CAPACITY;
            for (int i = random.nextInt(4); i > 0; i--) {
                int amount = 1 + random.nextInt(9);
                if (amount <= left) {
                    left -= amount;
                    add(node, amount);
                }
            }
        }
        for (int i = random.nextInt(3); i > 0; i--) {
            add(Reconfiguration.NONE, 1 + random.nextInt(9));
        }
    }

    private void add(int node, int amount) {
        nodeOf.add(node);
        amounts.add(amount);
        if (node == Reconfiguration.NONE) {
            instance.ready(1 + random.nextInt(9), amount);
        } else {
            instance.running(node, amount);
        }
    }

    private void rules() {
        for (int vm = 0; vm < nodeOf.size(); vm++) {
            if (random.nextInt(3) == 0) {
                instance.preserve(vm, Math.min(CAPACITY, amounts.get(vm) + random.nextInt(8)));
            }
        }
        List<Integer> some = shuffled();
        Set<Integer> taken = new HashSet<>();
        instance.spread(some.stream()
                .limit(4)
                .filter(vm -> nodeOf.get(vm) == Reconfiguration.NONE || taken.add(nodeOf.get(vm)))
                .mapToInt(Integer::intValue)
                .toArray());
        int[] partOf = IntStream.range(0, allNodes).map(node -> node % 2).toArray();
        int[] members = shuffled().stream()
                .limit(4)
                .filter(vm -> nodeOf.get(vm) == Reconfiguration.NONE || partOf[nodeOf.get(vm)] == 0)
                .mapToInt(Integer::intValue)
                .toArray();
        instance.among(partOf, members);
    }

    private List<Integer> shuffled() {
        List<Integer> all =
                new ArrayList<>(IntStream.range(0, nodeOf.size()).boxed().toList());
        Collections.shuffle(all, random);
        return all;
    }
}
