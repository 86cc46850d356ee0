package dev.drover.observe;

import dev.drover.api.v1alpha1.ForecastSettings;
import dev.drover.api.v1alpha1.PlacementPolicy;
import dev.drover.config.Settings;
import dev.drover.forecast.DemandSeries;
import dev.drover.forecast.Forecast;
import dev.drover.forecast.Outlook;
import dev.drover.forecast.Rhythm;
import dev.drover.model.Cluster;
import dev.drover.model.Demand;
import dev.drover.model.Vm;
import dev.drover.model.VmId;
import dev.drover.plan.Pools.Pool;
import java.time.Duration;
import java.time.Instant;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * The demand of the virtual machines of policies that look ahead, in the course of time. It is lost with the process, and every replica
 * gathers it, so that one that takes over knows it. A virtual machine that stops is remembered for a season. Safe for threads.
 */
final class DemandForecasts {
    private final Duration shortest;
    /** By uid of the virtual machine, which outlives its instances. */
    private final Map<String, DemandSeries> series = new HashMap<>();
    /** By name of the policy. */
    private final Map<String, Told> told = new HashMap<>();

    /** What is forecast for one policy since the beginning of an interval. */
    private record Told(Rhythm rhythm, long interval, Outlook outlook) {
        boolean isFor(Rhythm wanted) {
            return rhythm.equals(wanted);
        }
    }

    DemandForecasts(Settings settings) {
        shortest = settings.metricsInterval();
    }

    /** Null for a policy that does not look ahead. */
    private @Nullable Rhythm rhythm(PlacementPolicy policy) {
        ForecastSettings forecast = policy.getSpec().demand().forecast();
        return forecast == null
                ? null
                : Rhythm.of(
                        Duration.ofSeconds(forecast.horizonSeconds()),
                        Duration.ofSeconds(forecast.seasonSeconds()),
                        shortest);
    }

    /** Whether an interval of some policy has begun that was not read yet. */
    synchronized boolean due(List<PlacementPolicy> policies, Instant now) {
        return policies.stream().anyMatch(policy -> {
            Rhythm rhythm = rhythm(policy);
            return rhythm != null && isDue(policy, rhythm, now);
        });
    }

    private boolean isDue(PlacementPolicy policy, Rhythm rhythm, Instant now) {
        Told last = told.get(policy.getMetadata().getName());
        return last == null || !last.isFor(rhythm) || last.interval() < rhythm.interval(now);
    }

    /** Takes in what is needed now, for each policy of which an interval has begun. */
    synchronized void read(Snapshot snapshot) {
        Instant now = snapshot.cluster().takenAt();
        Map<String, BitSet> nodesOf = snapshot.pools().pools().stream()
                .collect(Collectors.toMap(pool -> pool.policy().name(), Pool::nodes));
        for (PlacementPolicy policy : snapshot.policies()) {
            Rhythm rhythm = rhythm(policy);
            if (rhythm != null && isDue(policy, rhythm, now)) {
                String name = policy.getMetadata().getName();
                BitSet nodes = nodesOf.getOrDefault(name, new BitSet());
                told.put(name, new Told(rhythm, rhythm.interval(now), read(snapshot.cluster(), nodes, rhythm)));
            }
        }
        told.keySet()
                .retainAll(snapshot.policies().stream()
                        .map(policy -> policy.getMetadata().getName())
                        .toList());
        series.values().removeIf(past -> isPast(past, now));
    }

    private static boolean isPast(DemandSeries series, Instant now) {
        return series.rhythm().interval(now) - series.last() > series.rhythm().perSeason();
    }

    private Outlook read(Cluster cluster, BitSet nodes, Rhythm rhythm) {
        long interval = rhythm.interval(cluster.takenAt());
        Map<String, Integer> index = cluster.nodeIndex();
        Map<VmId, List<Forecast>> forecasts = new HashMap<>();
        for (Vm vm : cluster.vms()) {
            Integer node = vm.node() == null ? null : index.get(vm.node());
            if (node != null && nodes.get(node)) {
                DemandSeries own = series.compute(
                        vm.uid(),
                        (_, known) ->
                                known != null && known.rhythm().equals(rhythm) ? known : new DemandSeries(rhythm));
                own.add(interval, measured(vm.demand()));
                forecasts.put(vm.id(), own.ahead());
            }
        }
        List<Instant> times = LongStream.rangeClosed(interval + 1, interval + rhythm.ahead())
                .mapToObj(rhythm::start)
                .toList();
        return new Outlook(times, forecasts);
    }

    private static double measured(Demand demand) {
        return demand.source() == Demand.Source.MEASURED ? demand.amount().cpuMillis() : Double.NaN;
    }

    /** By name of the policy, of those that look ahead. */
    synchronized Map<String, Outlook> outlooks(List<PlacementPolicy> policies) {
        Map<String, Outlook> outlooks = new HashMap<>();
        for (PlacementPolicy policy : policies) {
            Rhythm rhythm = rhythm(policy);
            Told last = told.get(policy.getMetadata().getName());
            if (rhythm != null && last != null && last.isFor(rhythm)) {
                outlooks.put(policy.getMetadata().getName(), last.outlook());
            }
        }
        return outlooks;
    }
}
