package dev.drover.observe;

import dev.drover.api.v1alpha1.ConfiguredDemand;
import dev.drover.api.v1alpha1.DemandSettings;
import dev.drover.api.v1alpha1.DemandSource;
import dev.drover.api.v1alpha1.PlacementPolicy;
import dev.drover.api.v1alpha1.VirtualMachineProfile;
import dev.drover.config.Settings;
import dev.drover.model.Demand;
import dev.drover.model.Node;
import dev.drover.model.Resources;
import dev.drover.model.Vm;
import dev.drover.model.VmId;
import dev.drover.plan.Pools;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Quantity;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What virtual machines need: configured, else measured, else declared, else requested. What is declared counts for a whole window from the
 * start of the instance, since a guest that boots shows nothing of what it will need. For one snapshot.
 */
final class Demands {

    private final Measurements measurements;
    private final ServiceMembers members;
    private final Function<VmId, @Nullable Instant> created;
    private final Instant now;
    private final Instant valid;
    private final Map<String, DemandSettings> settingsOf = new HashMap<>();
    private final Map<String, DemandSettings> settingsAt = new HashMap<>();
    private final Map<String, DemandState> states = new HashMap<>();
    private final List<Fault> faults = new ArrayList<>();

    /** @param created when the instance of a virtual machine was made; null when that is not told */
    Demands(
            Measurements measurements,
            ServiceMembers members,
            Function<VmId, @Nullable Instant> created,
            Settings settings,
            Instant now) {
        this.created = created;
        this.measurements = measurements;
        this.members = members;
        this.now = now;
        this.valid = now.minus(settings.metricsStaleAfter());
    }

    /** @param nodes in the order that the pools count them */
    void govern(List<PlacementPolicy> policies, List<Node> nodes, Pools pools) {
        for (PlacementPolicy policy : policies) {
            DemandSettings wanted = policy.getSpec().demand();
            settingsOf.put(policy.getMetadata().getName(), wanted);
            states.put(policy.getMetadata().getName(), state(wanted));
        }
        for (Pools.Pool pool : pools.pools()) {
            DemandSettings wanted = settingsOf.get(pool.policy().name());
            pool.nodes().stream().forEach(node -> settingsAt.put(nodes.get(node).name(), wanted));
        }
        measurements.keep(settingsOf.values().stream()
                .map(wanted -> Duration.ofSeconds(wanted.windowSeconds()))
                .max(Comparator.naturalOrder())
                .orElse(Duration.ZERO));
    }

    private DemandState state(DemandSettings wanted) {
        if (wanted.source() == DemandSource.REQUESTS) {
            return new DemandState(DemandSource.REQUESTS, true, "");
        }
        if (measurements.since(valid)) {
            return new DemandState(DemandSource.METRICS, true, "");
        }
        String why = measurements.problem().isEmpty()
                ? "metrics.k8s.io reports nothing about virtual machines or nodes."
                : measurements.problem();
        return new DemandState(DemandSource.REQUESTS, wanted.source() == DemandSource.AUTO, why);
    }

    Demand of(Vm vm, @Nullable VirtualMachineProfile profile) {
        Demand unmeasured = unmeasured(vm);
        Demand found = (isYoung(vm) ? Optional.<Resources>empty() : measured(vm))
                .map(amount -> new Demand(amount.plus(unmeasured.amount().throughput()), Demand.Source.MEASURED))
                .orElse(unmeasured);
        ConfiguredDemand configured = profile == null ? null : profile.getSpec().demand();
        return configured == null ? found : stated(configured, Demand.Source.CONFIGURED, found, profile);
    }

    /** Something is declared of it, and it has not run for the whole window yet. */
    private boolean isYoung(Vm vm) {
        ServiceMembers.Member member = members.of(vm);
        Instant since = member == null || member.application().profile() == null ? null : created.apply(vm.id());
        return since != null
                && now.isBefore(
                        since.plusSeconds(settings(String.valueOf(vm.node())).windowSeconds()));
    }

    private DemandSettings settings(String node) {
        return settingsAt.getOrDefault(node, DemandSettings.defaults());
    }

    private Demand unmeasured(Vm vm) {
        ServiceMembers.Member member = members.of(vm);
        ConfiguredDemand declared = member == null ? null : member.application().profile();
        Demand requested = new Demand(
                Resources.of(vm.requests().cpuMillis(), vm.requests().memoryBytes()), Demand.Source.REQUESTED);
        return declared == null ? requested : stated(declared, Demand.Source.DECLARED, requested, member.service());
    }

    private Optional<Resources> measured(Vm vm) {
        String node = vm.node();
        DemandSettings wanted = node == null ? null : settings(node);
        if (wanted == null || wanted.source() == DemandSource.REQUESTS) {
            return Optional.empty();
        }
        return measurements.demand(
                vm.instanceUid(),
                now,
                valid,
                new Measurements.Span(Duration.ofSeconds(wanted.windowSeconds()), wanted.percentile()));
    }

    private Demand stated(ConfiguredDemand configured, Demand.Source source, Demand found, HasMetadata author) {
        try {
            Map<String, Long> amounts = new HashMap<>();
            amounts.put(Resources.CPU, stated(Resources.CPU, configured.cpu(), found));
            amounts.put(Resources.MEMORY, stated(Resources.MEMORY, configured.memory(), found));
            amounts.put(Resources.NETWORK, stated(Resources.NETWORK, configured.network(), found));
            amounts.put(Resources.DISK_IO, stated(Resources.DISK_IO, configured.diskIO(), found));
            return new Demand(Resources.of(amounts), source);
        } catch (IllegalArgumentException malformed) {
            Fault fault = new Fault(
                    author.getKind(),
                    author.getMetadata().getNamespace(),
                    author.getMetadata().getName(),
                    malformed.getMessage());
            if (!faults.contains(fault)) {
                faults.add(fault);
            }
            return found;
        }
    }

    private static long stated(String resource, @Nullable Quantity written, Demand found) {
        return written == null ? found.amount().get(resource) : Amounts.read(resource, written.toString());
    }

    Node withOtherUsage(Node node) {
        return measurements
                .otherUsage(node.name(), valid)
                .map(node::withOtherUsage)
                .orElse(node);
    }

    Map<String, DemandState> states() {
        return states;
    }

    List<Fault> faults() {
        List<Fault> all = new ArrayList<>(measurements.faults());
        all.addAll(faults);
        return all;
    }
}
