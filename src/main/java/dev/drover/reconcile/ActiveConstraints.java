package dev.drover.reconcile;

import dev.drover.constraint.Conflict;
import dev.drover.constraint.ConflictFinder;
import dev.drover.constraint.Constraint;
import dev.drover.constraint.Rule;
import dev.drover.model.Vm;
import dev.drover.observe.Snapshot;
import java.util.List;

/**
 * Which constraints cannot hold, and so which are acted on. Conflicts are costly to find, so they are kept for as long as what they
 * depend on stays the same. Safe for threads: the loop and admission ask the same one.
 */
public final class ActiveConstraints {
    private Key lastKey = new Key(List.of(), "");
    private List<Conflict> lastConflicts = List.of();

    /** What conflicts depend on: the rules, which virtual machines they select, where the pinned ones are, and the nodes. */
    private record Key(List<Constraint> constraints, String world) {}

    /** All but the newest of each conflict. */
    public List<Constraint> of(Snapshot snapshot) {
        return ConflictFinder.withoutConflicting(snapshot.constraints(), conflicts(snapshot));
    }

    synchronized List<Conflict> conflicts(Snapshot snapshot) {
        if (snapshot.constraints().isEmpty()) {
            return List.of();
        }
        Key key = new Key(snapshot.constraints(), world(snapshot));
        if (!key.equals(lastKey)) {
            lastConflicts = ConflictFinder.find(snapshot.cluster(), snapshot.constraints());
            lastKey = key;
        }
        return lastConflicts;
    }

    private static String world(Snapshot snapshot) {
        List<Constraint> pinning = snapshot.constraints().stream()
                .filter(constraint ->
                        constraint.rule() instanceof Rule.Pinned || constraint.rule() instanceof Rule.Quarantine)
                .toList();
        StringBuilder text = new StringBuilder();
        snapshot.cluster().nodes().forEach(node -> text.append(node.name())
                .append(node.labels())
                .append(node.taints())
                .append(node.ready())
                .append(node.cordoned())
                .append(node.allocatable())
                .append('\n'));
        snapshot.cluster().vms().forEach(vm -> text.append(vm.id())
                .append(vm.labels())
                .append(vm.scheduling())
                .append(vm.requests())
                .append(isPinned(snapshot, vm, pinning) ? vm.node() : "")
                .append('\n'));
        text.append(snapshot.cluster().namespaces());
        return Digest.of(text.toString());
    }

    private static boolean isPinned(Snapshot snapshot, Vm vm, List<Constraint> pinning) {
        return pinning.stream()
                .anyMatch(constraint ->
                        constraint.selection().selects(vm, snapshot.cluster().namespaces()));
    }
}
