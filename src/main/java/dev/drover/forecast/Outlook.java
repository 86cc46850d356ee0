package dev.drover.forecast;

import dev.drover.model.Cluster;
import dev.drover.model.Demand;
import dev.drover.model.Node;
import dev.drover.model.Resources;
import dev.drover.model.Vm;
import dev.drover.model.VmId;
import java.time.Instant;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What CPU virtual machines are expected to need at a few instants to come. Where no forecast is trusted, a virtual machine is taken to
 * need what it needs now; so is its memory always, which guests hardly ever give back. Immutable.
 *
 * @param times the next first
 * @param forecasts in millicores, by virtual machine; for each of the times one
 */
public record Outlook(List<Instant> times, Map<VmId, List<Forecast>> forecasts) {
    /** Nothing is forecast. */
    public static final Outlook NONE = new Outlook(List.of(), Map.of());

    public Outlook {
        times = List.copyOf(times);
        forecasts = Map.copyOf(forecasts);
    }

    /**
     * How well what was said of some virtual machines stood the test.
     *
     * @param machines how many of them have a forecast that is trusted
     * @param error the mean absolute errors of these, added up
     * @param errorOfNow those of "the same as now"
     */
    public record Trust(int machines, double error, double errorOfNow) {

        /** By how much less wrong the forecasts were than "the same as now", in percent. */
        public long betterPercent() {
            return errorOfNow == 0 ? 0 : Math.round(100 - 100 * error / errorOfNow);
        }
    }

    /** The forecast of a virtual machine for one of the times; null when none is trusted. */
    private Forecast.@Nullable Trusted trusted(VmId vm, int time) {
        List<Forecast> known = forecasts.getOrDefault(vm, List.of());
        return time < known.size() && known.get(time) instanceof Forecast.Trusted trusted ? trusted : null;
    }

    /** How many virtual machines have a forecast that is trusted for some time. */
    public int trusted() {
        return (int) forecasts.keySet().stream().filter(this::hasTrusted).count();
    }

    /** Of the virtual machines that are to be on a node. */
    public Trust trust(Cluster cluster, String node, int time) {
        List<Forecast.Trusted> on = cluster.vms().stream()
                .filter(vm -> node.equals(at(vm)))
                .map(vm -> trusted(vm.id(), time))
                .filter(Objects::nonNull)
                .toList();
        return new Trust(
                on.size(),
                on.stream().mapToDouble(Forecast.Trusted::error).sum(),
                on.stream().mapToDouble(Forecast.Trusted::errorOfNow).sum());
    }

    /** Millicores that a virtual machine is expected to need at one of the times. */
    public long cpuMillis(Vm vm, int time) {
        Forecast.Trusted trusted = vm.demand().source() == Demand.Source.MEASURED ? trusted(vm.id(), time) : null;
        return trusted == null
                ? vm.demand().amount().cpuMillis()
                : Math.round(trusted.band().expected());
    }

    /** The cluster with the demand of one of the times. */
    public Cluster at(int time, Cluster cluster) {
        return new Cluster(
                cluster.takenAt(),
                cluster.nodes(),
                cluster.vms().stream()
                        .map(vm -> vm.with(new Demand(
                                vm.demand().amount().with(Resources.CPU, cpuMillis(vm, time)),
                                vm.demand().source())))
                        .toList(),
                cluster.pods(),
                cluster.migrations(),
                cluster.namespaces());
    }

    /**
     * The time to come at which most CPU is needed above the target.
     *
     * @param nodes indexes of those that count
     * @param target the share of a node above which it is hot
     * @return an index of {@link #times}; empty when no node is ever expected to be hot
     */
    public OptionalInt hottest(Cluster cluster, BitSet nodes, double target) {
        int hottest = -1;
        double most = 0;
        for (int time = 0; time < times.size(); time++) {
            double excess = times.get(time).isAfter(cluster.takenAt()) ? excess(time, cluster, nodes, target) : 0;
            if (excess > most) {
                most = excess;
                hottest = time;
            }
        }
        return hottest < 0 ? OptionalInt.empty() : OptionalInt.of(hottest);
    }

    private double excess(int time, Cluster cluster, BitSet nodes, double target) {
        long[] cpu = cpuMillis(time, cluster);
        double excess = 0;
        for (int index = nodes.nextSetBit(0); index >= 0; index = nodes.nextSetBit(index + 1)) {
            Node node = cluster.nodes().get(index);
            long others = node.otherUsage() == null ? 0 : node.otherUsage().cpuMillis();
            excess += Math.max(
                    0, others + cpu[index] - target * node.allocatable().cpuMillis());
        }
        return excess;
    }

    /** By index of the node, millicores that its virtual machines are expected to need at one of the times. */
    public long[] cpuMillis(int time, Cluster cluster) {
        Map<String, Integer> index = cluster.nodeIndex();
        long[] cpu = new long[cluster.nodes().size()];
        for (Vm vm : cluster.vms()) {
            Integer node = index.get(String.valueOf(at(vm)));
            if (node != null) {
                cpu[node] += cpuMillis(vm, time);
            }
        }
        return cpu;
    }

    /**
     * The most that the virtual machines of a node are expected to need.
     *
     * @param time at which
     */
    public record Peak(Instant time, long cpuMillis) {}

    /** By name of the node, of those with virtual machines of which some forecast is trusted; the earliest of equal ones. */
    public Map<String, Peak> peaks(Cluster cluster) {
        Set<String> known = cluster.vms().stream()
                .filter(vm -> hasTrusted(vm.id()))
                .map(vm -> String.valueOf(at(vm)))
                .collect(Collectors.toSet());
        Map<String, Peak> peaks = new HashMap<>();
        for (int time = 0; time < times.size(); time++) {
            long[] cpu = cpuMillis(time, cluster);
            for (int node = 0; node < cpu.length; node++) {
                String name = cluster.nodes().get(node).name();
                Peak highest = peaks.get(name);
                if (known.contains(name) && (highest == null || cpu[node] > highest.cpuMillis())) {
                    peaks.put(name, new Peak(times.get(time), cpu[node]));
                }
            }
        }
        return peaks;
    }

    private boolean hasTrusted(VmId vm) {
        return forecasts.getOrDefault(vm, List.of()).stream().anyMatch(Forecast.Trusted.class::isInstance);
    }

    /** Where it will be. */
    private static @Nullable String at(Vm vm) {
        return vm.target() == null ? vm.node() : vm.target();
    }
}
