package dev.drover.bench.premove;

import dev.drover.model.Cluster;
import dev.drover.model.Demand;
import dev.drover.model.Migratability;
import dev.drover.model.Node;
import dev.drover.model.Resources;
import dev.drover.model.Scheduling;
import dev.drover.model.Vm;
import dev.drover.model.VmId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Nodes of {@value #CORES} cores for a load, so many that on average {@value #USED_PERCENT} percent are used, and where the virtual machines
 * are. Requests are so small that only demand makes a node full.
 */
final class Pool {
    static final double TARGET = 0.8;
    private static final int CORES = 16;
    private static final int USED_PERCENT = 60;
    private static final long MILLIS = 1000L * CORES;
    private static final long GIB = 1L << 30;
    private static final double STEPS_PER_HOUR = 12;

    private final double[][] load;
    private final List<Node> nodes;
    private final List<Vm> vms;

    /** @param load by virtual machine and step, in millicores */
    Pool(List<double[]> load) {
        this.load = load.toArray(double[][]::new);
        double mean = load.stream()
                .mapToDouble(own -> Arrays.stream(own).average().orElse(0))
                .sum();
        int count = Math.max(2, (int) Math.ceil(100 * mean / (USED_PERCENT * MILLIS)));
        nodes = IntStream.range(0, count).mapToObj(Pool::node).toList();
        vms = new ArrayList<>(IntStream.range(0, load.size())
                .mapToObj(number -> vm(number, nodes.get(number % count).name()))
                .toList());
    }

    private static Node node(int number) {
        String name = String.format(Locale.ROOT, "node-%04d", number);
        Resources room = Resources.of(MILLIS, 1024 * GIB).with(Resources.PODS, 1000);
        return new Node(name, name, Map.of(Node.HOSTNAME_LABEL, name), List.of(), true, false, room, Resources.NONE);
    }

    private static Vm vm(int number, String node) {
        String name = String.format(Locale.ROOT, "vm-%05d", number);
        return new Vm(
                new VmId("bench", name),
                name,
                name,
                true,
                Map.of(),
                node,
                null,
                Resources.of(10, GIB).with(Resources.PODS, 1),
                new Demand(Resources.of(0, GIB), Demand.Source.MEASURED),
                Scheduling.FREE,
                Migratability.YES);
    }

    int nodes() {
        return nodes.size();
    }

    int vms() {
        return vms.size();
    }

    Vm vm(int number) {
        return vms.get(number);
    }

    double load(int vm, int step) {
        return load[vm][step];
    }

    /** As it is seen at the beginning of a step, by what was measured in the one before. */
    Cluster seen(int step, Instant now) {
        List<Vm> measured = IntStream.range(0, vms.size())
                .mapToObj(vm -> vms.get(vm)
                        .with(new Demand(Resources.of(Math.round(load[vm][step - 1]), GIB), Demand.Source.MEASURED)))
                .toList();
        return new Cluster(now, nodes, measured, List.of(), List.of(), Map.of());
    }

    void move(int vm, String to) {
        vms.set(vm, vms.get(vm).at(to, null));
    }

    /** What the nodes are asked for in one step. */
    Tally serve(int step) {
        double[] used = new double[nodes.size()];
        for (int vm = 0; vm < vms.size(); vm++) {
            used[Integer.parseInt(String.valueOf(vms.get(vm).node()).substring("node-".length()))] += load[vm][step];
        }
        double hours = 1000 * STEPS_PER_HOUR;
        return new Tally(
                used.length,
                Arrays.stream(used).filter(use -> use > TARGET * MILLIS).count(),
                Arrays.stream(used)
                                .map(use -> Math.max(0, use - TARGET * MILLIS))
                                .sum()
                        / hours,
                Arrays.stream(used).map(use -> Math.max(0, use - MILLIS)).sum() / hours,
                0,
                0,
                0);
    }
}
