package dev.drover.dump;

import dev.drover.constraint.Constraint;
import dev.drover.dump.DumpFile.FreedomEntry;
import dev.drover.dump.DumpFile.MigratableEntry;
import dev.drover.dump.DumpFile.MigrationEntry;
import dev.drover.dump.DumpFile.NodeEntry;
import dev.drover.dump.DumpFile.PodEntry;
import dev.drover.dump.DumpFile.VmEntry;
import dev.drover.model.Cluster;
import dev.drover.model.Demand;
import dev.drover.model.Migratability;
import dev.drover.model.Migration;
import dev.drover.model.Node;
import dev.drover.model.Pod;
import dev.drover.model.Resources;
import dev.drover.model.Taint;
import dev.drover.model.Vm;
import dev.drover.model.VmId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Makes values of what the file says, and refuses what cannot be. What a cluster can show although nobody meant it, such as a virtual
 * machine on a node that is gone, is only warned of. For one file each; not safe for threads.
 */
final class Decoder {
    private final DumpFile file;
    private final Place root;
    private final List<String> warnings = new ArrayList<>();
    private final Map<VmId, Freedom> freedoms = new HashMap<>();
    private final Map<String, Node> nodes = new HashMap<>();

    /** By resource, what the largest node has of it; asked for once all nodes are known. */
    private final Map<String, Long> largest = new HashMap<>();

    Decoder(DumpFile file, Place root) {
        this.file = file;
        this.root = root;
    }

    Dump decode() {
        if (!DumpFile.FORMAT.equals(file.format())) {
            throw root.in("format")
                    .wrong("must be " + DumpFile.FORMAT + ", and is (" + file.format()
                            + "): this is no dump, or one of another version of Drover");
        }
        Instant takenAt = root.instant(file.takenAt(), "takenAt");
        root.in("nodes").each(file.nodes(), this::node);
        List<Vm> vms = new ArrayList<>();
        root.in("virtualMachines").each(file.virtualMachines(), (entry, place) -> vms.add(vm(entry, place)));
        refuseDoubles(vms);
        List<Pod> pods = new ArrayList<>();
        root.in("pods").each(file.pods(), (entry, place) -> pods.add(pod(entry, place)));
        refuseDoublePods(pods);
        List<Migration> migrations = new ArrayList<>();
        root.in("migrations").each(file.migrations(), (entry, place) -> migrations.add(migration(entry, place)));
        RuleDecoder rules = new RuleDecoder(file, root);
        List<Constraint> constraints = rules.constraints();
        constraints.sort(Comparator.comparing(Constraint::created).thenComparing(Constraint::id));
        return new Dump(
                file,
                new Cluster(takenAt, List.copyOf(nodes.values()), vms, pods, migrations, file.namespaces()),
                constraints,
                rules.policies(),
                freedoms,
                warnings);
    }

    private void node(NodeEntry entry, Place place) {
        String name = place.required(entry.name(), "name");
        Resources allocatable = Quantities.read(entry.allocatable(), place.in("allocatable"));
        boolean isReady = !Boolean.FALSE.equals(entry.ready());
        boolean isCordoned = Boolean.TRUE.equals(entry.cordoned());
        for (String resource : List.of(Resources.CPU, Resources.MEMORY, Resources.PODS)) {
            if (isReady && !isCordoned && allocatable.get(resource) == 0) {
                throw place.in("allocatable").in(resource).wrong("must be above 0 on a node that is ready");
            }
        }
        List<Taint> taints = new ArrayList<>();
        place.in("taints")
                .each(
                        entry.taints(),
                        (taint, at) -> taints.add(new Taint(
                                at.required(taint.key(), "key"),
                                taint.value() == null ? "" : taint.value(),
                                Words.read(
                                        Taint.Effect.class, at.required(taint.effect(), "effect"), at.in("effect")))));
        Map<String, String> used = entry.otherUsage();
        Node node = new Node(
                name,
                entry.uid() == null ? name : entry.uid(),
                entry.labels(),
                taints,
                isReady,
                isCordoned,
                allocatable,
                used == null ? null : Quantities.read(used, place.in("otherUsage")));
        if (nodes.put(name, node) != null) {
            throw place.in("name").wrong("repeats the node (" + name + ")");
        }
    }

    private Vm vm(VmEntry entry, Place place) {
        VmId id = new VmId(place.required(entry.namespace(), "namespace"), place.required(entry.name(), "name"));
        Resources requests =
                Quantities.read(entry.requests(), place.in("requests")).with(Resources.PODS, 1);
        expectNode(entry.node(), place.in("node"));
        expectNode(entry.target(), place.in("target"));
        String uid = entry.uid() == null ? id.toString() : entry.uid();
        Vm vm = new Vm(
                id,
                uid,
                entry.instanceUid() == null ? uid : entry.instanceUid(),
                !Boolean.FALSE.equals(entry.owned()),
                entry.labels(),
                entry.node(),
                entry.target(),
                requests,
                guest(entry, requests, place.in("guest")),
                demand(entry, requests, place.in("demand")),
                Selectors.read(entry.scheduling(), place.in("scheduling")),
                migratability(entry.liveMigration(), place.in("liveMigration")));
        FreedomEntry moves = entry.moves();
        if (moves != null) {
            freedoms.put(id, freedom(moves, place.in("moves")));
        }
        expectRoom(requests, place.in("requests"));
        expectRoom(vm.demand().amount(), place.in("demand"));
        return vm;
    }

    private static Resources guest(VmEntry entry, Resources requests, Place place) {
        Map<String, String> written = entry.guest();
        return written == null
                ? Resources.of(requests.cpuMillis(), requests.memoryBytes())
                : Quantities.read(written, place);
    }

    private void expectNode(@Nullable String name, Place place) {
        if (name != null && !nodes.containsKey(name)) {
            warnings.add(
                    place.sentence("names a node that is not in the file (" + name + "), so nothing is known of it"));
        }
    }

    private void expectRoom(Resources amount, Place place) {
        for (String resource : amount.names()) {
            long most = largest.computeIfAbsent(resource, this::largest);
            if (amount.get(resource) > most) {
                warnings.add(place.in(resource)
                        .sentence("is more than any node has (" + Quantities.write(resource, amount.get(resource))
                                + ", and the largest has " + Quantities.write(resource, most) + ")"));
            }
        }
    }

    private long largest(String resource) {
        return nodes.values().stream()
                .mapToLong(node -> node.allocatable().get(resource))
                .max()
                .orElse(Long.MAX_VALUE);
    }

    private static Demand demand(VmEntry entry, Resources requests, Place place) {
        if (entry.demand() == null) {
            return new Demand(requests, Demand.Source.REQUESTED);
        }
        String source = place.required(entry.demand().source(), "source");
        return new Demand(
                Quantities.read(entry.demand().amount(), place.in("amount")),
                Words.read(Demand.Source.class, source, place.in("source")));
    }

    private static Migratability migratability(@Nullable MigratableEntry entry, Place place) {
        if (entry == null) {
            return Migratability.YES;
        }
        long limit = entry.bytesPerSecond() == null ? 0 : entry.bytesPerSecond();
        if (limit < 0) {
            throw place.in("bytesPerSecond").wrong("must not be negative, and is (" + limit + ")");
        }
        return new Migratability(
                !Boolean.FALSE.equals(entry.possible()), Objects.requireNonNullElse(entry.reason(), ""), limit);
    }

    private static Freedom freedom(FreedomEntry entry, Place place) {
        return new Freedom(
                entry.allowed() == null
                        ? Freedom.Extent.ALWAYS
                        : Words.read(Freedom.Extent.class, entry.allowed(), place.in("allowed")),
                Boolean.TRUE.equals(entry.byApproval()),
                Objects.requireNonNullElse(entry.because(), ""),
                new HashSet<>(entry.avoids()));
    }

    private static Pod pod(PodEntry entry, Place place) {
        String namespace = place.required(entry.namespace(), "namespace");
        String name = place.required(entry.name(), "name");
        return new Pod(
                namespace,
                name,
                entry.uid() == null ? namespace + "/" + name : entry.uid(),
                entry.labels(),
                entry.node(),
                entry.instanceUid(),
                Quantities.read(entry.requests(), place.in("requests")).with(Resources.PODS, 1),
                Selectors.read(entry.scheduling(), place.in("scheduling")),
                Boolean.TRUE.equals(entry.terminating()),
                Boolean.TRUE.equals(entry.gated()));
    }

    private static Migration migration(MigrationEntry entry, Place place) {
        String namespace = place.required(entry.namespace(), "namespace");
        String name = place.required(entry.name(), "name");
        Instant created = place.instant(entry.created(), "created");
        return new Migration(
                name,
                entry.uid() == null ? namespace + "/" + name : entry.uid(),
                new VmId(namespace, place.required(entry.virtualMachine(), "virtualMachine")),
                Words.read(Migration.Phase.class, place.required(entry.phase(), "phase"), place.in("phase")),
                entry.source(),
                entry.target(),
                Boolean.TRUE.equals(entry.ours()),
                entry.move(),
                created,
                entry.phaseSince() == null ? created : place.instant(entry.phaseSince(), "phaseSince"),
                Objects.requireNonNullElse(entry.failure(), ""));
    }

    /** Names and identities tell virtual machines apart. */
    private void refuseDoubles(List<Vm> vms) {
        Set<VmId> ids = new HashSet<>();
        Set<String> uids = new HashSet<>();
        Set<String> instances = new HashSet<>();
        root.in("virtualMachines").each(vms, (vm, place) -> {
            if (!ids.add(vm.id())) {
                throw place.wrong("repeats the virtual machine (" + vm.id() + ")");
            }
            if (!uids.add(vm.uid()) || !instances.add(vm.instanceUid())) {
                throw place.wrong(
                        "has a uid that another virtual machine has (" + vm.uid() + ", " + vm.instanceUid() + ")");
            }
        });
    }

    private void refuseDoublePods(List<Pod> pods) {
        Set<String> uids = new HashSet<>();
        root.in("pods").each(pods, (pod, place) -> {
            if (!uids.add(pod.uid())) {
                throw place.wrong(
                        "repeats the pod (" + pod.namespace() + "/" + pod.name() + ", uid " + pod.uid() + ")");
            }
        });
    }
}
