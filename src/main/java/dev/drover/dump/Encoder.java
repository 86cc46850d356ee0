package dev.drover.dump;

import dev.drover.dump.DumpFile.ClusterConstraintEntry;
import dev.drover.dump.DumpFile.ConstraintEntry;
import dev.drover.dump.DumpFile.DemandEntry;
import dev.drover.dump.DumpFile.FreedomEntry;
import dev.drover.dump.DumpFile.MigratableEntry;
import dev.drover.dump.DumpFile.MigrationEntry;
import dev.drover.dump.DumpFile.NodeEntry;
import dev.drover.dump.DumpFile.PodEntry;
import dev.drover.dump.DumpFile.PolicyEntry;
import dev.drover.dump.DumpFile.TaintEntry;
import dev.drover.dump.DumpFile.VmEntry;
import dev.drover.model.Cluster;
import dev.drover.model.Demand;
import dev.drover.model.Migratability;
import dev.drover.model.Migration;
import dev.drover.model.Node;
import dev.drover.model.Pod;
import dev.drover.model.Resources;
import dev.drover.model.Vm;
import dev.drover.model.VmId;
import dev.drover.observe.DemandState;
import dev.drover.observe.InlineRules;
import dev.drover.observe.Snapshot;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Writes down what a snapshot shows, in an order that does not change. */
public final class Encoder {
    private Encoder() {}

    /** @param freedomOf what may be done with each virtual machine */
    public static DumpFile encode(Snapshot snapshot, Function<VmId, Freedom> freedomOf) {
        Cluster cluster = snapshot.cluster();
        Set<String> read = snapshot.constraints().stream()
                .map(constraint -> constraint.id().uid())
                .collect(Collectors.toSet());
        return new DumpFile(
                DumpFile.FORMAT,
                cluster.takenAt().toString(),
                cluster.nodes().stream().map(Encoder::node).toList(),
                cluster.vms().stream()
                        .map(vm -> vm(vm, freedomOf.apply(vm.id())))
                        .toList(),
                cluster.pods().stream()
                        .map(Encoder::pod)
                        .sorted(Comparator.comparing(PodEntry::namespace).thenComparing(PodEntry::name))
                        .toList(),
                cluster.migrations().stream()
                        .map(Encoder::migration)
                        .sorted(Comparator.comparing(MigrationEntry::namespace).thenComparing(MigrationEntry::name))
                        .toList(),
                cluster.namespaces(),
                constraints(snapshot, read),
                clusterConstraints(snapshot, read),
                policies(snapshot),
                notes(snapshot));
    }

    private static NodeEntry node(Node node) {
        Resources used = node.otherUsage();
        return new NodeEntry(
                node.name(),
                node.uid(),
                node.labels(),
                node.taints().stream()
                        .map(taint -> new TaintEntry(taint.key(), blank(taint.value()), Words.of(taint.effect())))
                        .toList(),
                node.ready() ? null : false,
                node.cordoned() ? true : null,
                Quantities.write(node.allocatable()),
                used == null ? null : Quantities.write(used));
    }

    private static VmEntry vm(Vm vm, Freedom freedom) {
        return new VmEntry(
                vm.id().namespace(),
                vm.id().name(),
                vm.uid(),
                vm.instanceUid(),
                vm.owned() ? null : false,
                vm.labels(),
                vm.node(),
                vm.target(),
                requests(vm.requests()),
                guest(vm),
                demand(vm.demand()),
                Selectors.write(vm.scheduling()),
                migratable(vm.migratability()),
                freedom(freedom));
    }

    private static @Nullable Map<String, String> guest(Vm vm) {
        Resources requested =
                Resources.of(vm.requests().cpuMillis(), vm.requests().memoryBytes());
        return vm.guest().equals(requested) ? null : Quantities.write(vm.guest());
    }

    /** Every pod is one pod. */
    private static Map<String, String> requests(Resources requests) {
        return Quantities.write(requests.with(Resources.PODS, 0));
    }

    private static DemandEntry demand(Demand demand) {
        return new DemandEntry(Quantities.write(demand.amount()), Words.of(demand.source()));
    }

    private static @Nullable MigratableEntry migratable(Migratability migratability) {
        return migratability.equals(Migratability.YES)
                ? null
                : new MigratableEntry(
                        migratability.live(),
                        blank(migratability.reason()),
                        migratability.bandwidth() == 0 ? null : migratability.bandwidth());
    }

    private static @Nullable FreedomEntry freedom(Freedom freedom) {
        return freedom.equals(Freedom.FREE)
                ? null
                : new FreedomEntry(
                        Words.of(freedom.extent()),
                        freedom.byApproval() ? true : null,
                        blank(freedom.because()),
                        freedom.avoids().stream().sorted().toList());
    }

    private static PodEntry pod(Pod pod) {
        return new PodEntry(
                pod.namespace(),
                pod.name(),
                pod.uid(),
                pod.labels(),
                pod.node(),
                pod.instanceUid(),
                requests(pod.requests()),
                Selectors.write(pod.scheduling()),
                pod.terminating() ? true : null,
                pod.gated() ? true : null);
    }

    private static MigrationEntry migration(Migration migration) {
        return new MigrationEntry(
                migration.vm().namespace(),
                migration.name(),
                blank(migration.uid()),
                migration.vm().name(),
                Words.of(migration.phase()),
                migration.source(),
                migration.target(),
                migration.ours() ? true : null,
                migration.move(),
                migration.created().toString(),
                migration.phaseSince().toString(),
                blank(migration.failure()));
    }

    private static List<ConstraintEntry> constraints(Snapshot snapshot, Set<String> read) {
        return Stream.concat(snapshot.placementConstraints().stream(), InlineRules.of(snapshot.services()).stream())
                .filter(resource -> read.contains(resource.getMetadata().getUid()))
                .map(resource -> new ConstraintEntry(
                        resource.getMetadata().getNamespace(),
                        resource.getMetadata().getName(),
                        resource.getMetadata().getUid(),
                        resource.getMetadata().getCreationTimestamp(),
                        resource.getSpec()))
                .toList();
    }

    private static List<ClusterConstraintEntry> clusterConstraints(Snapshot snapshot, Set<String> read) {
        return snapshot.clusterPlacementConstraints().stream()
                .filter(resource -> read.contains(resource.getMetadata().getUid()))
                .map(resource -> new ClusterConstraintEntry(
                        resource.getMetadata().getName(),
                        resource.getMetadata().getUid(),
                        resource.getMetadata().getCreationTimestamp(),
                        resource.getSpec()))
                .toList();
    }

    private static List<PolicyEntry> policies(Snapshot snapshot) {
        return snapshot.policies().stream()
                .map(resource -> new PolicyEntry(
                        resource.getMetadata().getName(),
                        resource.getMetadata().getUid(),
                        resource.getMetadata().getCreationTimestamp(),
                        resource.getSpec(),
                        noBalance(snapshot.demandOf().get(resource.getMetadata().getName()))))
                .toList();
    }

    private static @Nullable String noBalance(@Nullable DemandState demand) {
        return demand == null || demand.usable() ? null : demand.message();
    }

    /** What the operator could not read, and so is not in the file. */
    private static List<String> notes(Snapshot snapshot) {
        List<String> notes = new ArrayList<>();
        snapshot.rejected().forEach((id, why) -> notes.add(id + " is left out: " + why));
        snapshot.faults()
                .forEach(fault -> notes.add(fault.kind() + " "
                        + (fault.namespace().isEmpty() ? "" : fault.namespace() + "/") + fault.name() + ": "
                        + fault.message()));
        return notes.stream().sorted().toList();
    }

    private static @Nullable String blank(String text) {
        return text.isEmpty() ? null : text;
    }
}
