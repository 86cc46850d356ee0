package dev.drover.admission;

import dev.drover.constraint.CompiledRules;
import dev.drover.model.Cluster;
import dev.drover.model.Pod;
import dev.drover.model.Resources;
import dev.drover.model.Scheduling;
import dev.drover.model.Vm;
import dev.drover.observe.Reservation;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The cluster as the engine must see it to place arrivals: what was promised since the snapshot is at its node, and those who arrive
 * are nowhere yet. Indexes are those of the situation.
 *
 * @param arriving index of each arrival's virtual machine, in the order of the arrivals
 */
record ArrivalScene(Cluster cluster, CompiledRules rules, List<Integer> arriving) {

    /** @param arrivals of virtual machines that the situation shows, each at most once */
    static ArrivalScene of(Situation situation, List<Arrival> arrivals, Map<String, Reservation> reservations) {
        Builder builder = new Builder(situation);
        reservations.values().forEach(builder::promise);
        List<Integer> arriving = arrivals.stream().map(builder::arrive).toList();
        return new ArrivalScene(builder.cluster(), builder.rules(), arriving);
    }

    private static final class Builder {
        private final Situation situation;
        private final List<Vm> vms;
        private final List<Pod> sources = new ArrayList<>();
        private final Map<Integer, BitSet> narrowed = new HashMap<>();

        Builder(Situation situation) {
            this.situation = situation;
            this.vms = new ArrayList<>(situation.cluster().vms());
            vms.replaceAll(Builder::atPromisedNode);
        }

        /** One that starts, and was nominated for a node, is as good as there. */
        private static Vm atPromisedNode(Vm vm) {
            return vm.node() == null && vm.target() != null ? at(vm, vm.target(), null, vm.requests()) : vm;
        }

        void promise(Reservation reservation) {
            situation.vm(reservation.instanceUid()).ifPresent(index -> {
                Vm vm = vms.get(index);
                if (!reservation.isMigration() && vm.node() == null) {
                    vms.set(index, at(vm, reservation.node(), null, vm.requests()));
                } else if (reservation.isMigration() && vm.node() != null && vm.target() == null) {
                    vms.set(index, at(vm, vm.node(), reservation.node(), vm.requests()));
                }
            });
        }

        int arrive(Arrival arrival) {
            int index = situation.vm(arrival.instanceUid()).orElseThrow();
            Vm vm = situation.cluster().vms().get(index);
            if (arrival.migration() != null && vm.node() != null) {
                keepSource(index, vm, vm.node());
            }
            vms.set(index, at(vm, null, null, arrival.requests()));
            return index;
        }

        /** The copy that still runs keeps its room as a pod of its own, and its node is closed to the other copy. */
        private void keepSource(int index, Vm vm, String node) {
            sources.add(new Pod(
                    vm.id().namespace(),
                    vm.id().name(),
                    vm.instanceUid() + "-source",
                    Map.of(),
                    node,
                    null,
                    vm.requests(),
                    Scheduling.FREE,
                    false,
                    false));
            BitSet enterable = (BitSet) situation.rules().mayEnter().get(index).clone();
            Integer source = situation.nodeIndex().get(node);
            if (source != null) {
                enterable.clear(source);
            }
            narrowed.put(index, enterable);
        }

        Cluster cluster() {
            Cluster cluster = situation.cluster();
            List<Pod> pods = cluster.pods();
            if (!sources.isEmpty()) {
                pods = new ArrayList<>(pods);
                pods.addAll(sources);
            }
            return new Cluster(
                    cluster.takenAt(), cluster.nodes(), vms, pods, cluster.migrations(), cluster.namespaces());
        }

        CompiledRules rules() {
            CompiledRules rules = situation.rules();
            if (narrowed.isEmpty()) {
                return rules;
            }
            List<BitSet> mayEnter = new ArrayList<>(rules.mayEnter());
            narrowed.forEach(mayEnter::set);
            return new CompiledRules(
                    mayEnter,
                    rules.mustLeave(),
                    rules.pinned(),
                    rules.separations(),
                    rules.skews(),
                    rules.togethers(),
                    rules.attractions(),
                    rules.caps());
        }

        private static Vm at(Vm vm, @Nullable String node, @Nullable String target, Resources requests) {
            return vm.at(node, target).with(requests);
        }
    }
}
