package dev.drover.bench.btrplace;

import dev.drover.bench.btrplace.Reconfiguration.Nodes;
import dev.drover.bench.btrplace.Reconfiguration.Vms;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/** Builds instances of one resource, CPU; nodes and virtual machines get the numbers 0, 1, 2 ... as ids too. */
final class SmallInstance {
    private final Ids nodes = new Ids();
    private final Ids vms = new Ids();
    private final BitSet online = new BitSet();
    private final List<Integer> capacities = new ArrayList<>();
    private final List<Integer> nodeOf = new ArrayList<>();
    private final List<Integer> boots = new ArrayList<>();
    private final List<Integer> amounts = new ArrayList<>();
    private final List<Rule> rules = new ArrayList<>();

    SmallInstance node(int capacity) {
        online.set(nodes.count());
        return offline(capacity);
    }

    SmallInstance offline(int capacity) {
        nodes.add(nodes.count());
        capacities.add(capacity);
        return this;
    }

    SmallInstance running(int node, int amount) {
        return vm(node, 1, amount);
    }

    SmallInstance ready(int bootSeconds, int amount) {
        rules.add(new Rule.Running(vms.count()));
        return vm(Reconfiguration.NONE, bootSeconds, amount);
    }

    private SmallInstance vm(int node, int bootSeconds, int amount) {
        vms.add(vms.count());
        nodeOf.add(node);
        boots.add(bootSeconds);
        amounts.add(amount);
        return this;
    }

    SmallInstance preserve(int vm, int amount) {
        rules.add(new Rule.Preserve(vm, 0, amount));
        return this;
    }

    SmallInstance spread(int... members) {
        rules.add(new Rule.Spread(members));
        return this;
    }

    SmallInstance among(int[] partOf, int... members) {
        rules.add(new Rule.Among(members, partOf));
        return this;
    }

    Reconfiguration build() {
        return new Reconfiguration(
                new Nodes(nodes, online, ints(capacities)),
                new Vms(vms, ints(nodeOf), ints(boots), ints(amounts)),
                List.of("cpu"),
                List.copyOf(rules));
    }

    private static int[] ints(List<Integer> list) {
        return list.stream().mapToInt(Integer::intValue).toArray();
    }
}
