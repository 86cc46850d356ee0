package dev.drover.reconcile;

import dev.drover.model.Cluster;
import dev.drover.model.Migration;
import dev.drover.model.Vm;
import dev.drover.model.VmId;
import dev.drover.plan.History;
import dev.drover.plan.History.Author;
import dev.drover.plan.History.End;
import dev.drover.plan.History.Entry;
import dev.drover.plan.History.Pauses;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Enters the outcome of every migration, whoever asked for it, into the history of its virtual machine. KubeVirt keeps only the five
 * newest final migrations of an instance, and a cancelled one vanishes at once, so this runs at the start of each cycle. Used by the
 * loop's thread only.
 */
final class Settler {
    private static final String EVACUATION_PREFIX = "kubevirt-evacuation-";

    private final Histories histories;
    private final PlacementStore store;
    private final Set<String> endedByUs = new HashSet<>();
    private Map<String, Migration> inFlight = Map.of();

    Settler(Histories histories, PlacementStore store) {
        this.histories = histories;
        this.store = store;
    }

    /** What one cycle found to have ended. */
    record Settled(Vm vm, Migration migration, Entry entry) {}

    /** The migration is over its deadline and was told to end: its outcome will be a time-out, not a cancellation. */
    void endedByUs(Migration migration) {
        endedByUs.add(migration.uid());
    }

    List<Settled> settle(Cluster now, Function<Vm, Pauses> pauses) {
        Map<VmId, Vm> vms = now.vms().stream().collect(Collectors.toMap(Vm::id, vm -> vm));
        // What was ordered and is not seen yet has no uid; it is settled from the moment on when it is seen.
        Map<String, Migration> present = now.migrations().stream()
                .filter(migration -> !migration.uid().isEmpty())
                .collect(Collectors.toMap(Migration::uid, migration -> migration, (first, second) -> second));
        List<Settled> result = new ArrayList<>();
        now.migrations().stream()
                .filter(migration -> !migration.inFlight())
                .sorted(Comparator.comparing(Migration::phaseSince))
                .forEach(migration -> enter(migration, vms, pauses, entry(migration), result));
        for (Migration known : inFlight.values()) {
            if (!present.containsKey(known.uid())) {
                enter(known, vms, pauses, vanished(known, vms.get(known.vm()), now.takenAt()), result);
            }
        }
        inFlight = stillInFlight(present);
        endedByUs.retainAll(present.keySet());
        return result;
    }

    private static Map<String, Migration> stillInFlight(Map<String, Migration> present) {
        Map<String, Migration> result = new HashMap<>(present);
        result.values().removeIf(migration -> !migration.inFlight());
        return result;
    }

    private void enter(
            Migration migration, Map<VmId, Vm> vms, Function<Vm, Pauses> pauses, Entry entry, List<Settled> result) {
        Vm vm = vms.get(migration.vm());
        if (vm == null || histories.of(vm).knows(entry.migration())) {
            return;
        }
        History history = histories.of(vm).record(entry, pauses.apply(vm));
        if (vm.owned()) {
            store.keep(vm, history);
        }
        histories.record(vm, history);
        result.add(new Settled(vm, migration, entry));
    }

    private Entry entry(Migration migration) {
        boolean succeeded = migration.phase() == Migration.Phase.SUCCEEDED;
        End end = succeeded ? End.SUCCEEDED : endedByUs.contains(migration.uid()) ? End.TIMED_OUT : End.FAILED;
        return entry(migration, end, migration.phaseSince(), migration.failure());
    }

    private Entry vanished(Migration migration, @Nullable Vm vm, Instant now) {
        if (vm != null && migration.target() != null && migration.target().equals(vm.node())) {
            return entry(migration, End.SUCCEEDED, now, "");
        }
        return endedByUs.contains(migration.uid())
                ? entry(migration, End.TIMED_OUT, now, "It was over its deadline in phase " + migration.phase() + ".")
                : entry(migration, End.CANCELLED, now, "The migration was deleted before it ended.");
    }

    private static Entry entry(Migration migration, End end, Instant ended, String message) {
        Duration took = Duration.between(migration.created(), ended);
        return new Entry(
                migration.name(),
                Objects.requireNonNullElse(migration.source(), ""),
                Objects.requireNonNullElse(migration.target(), ""),
                ended,
                took.isNegative() ? Duration.ZERO : took,
                end,
                author(migration),
                message);
    }

    private static Author author(Migration migration) {
        if (migration.ours()) {
            return Author.DROVER;
        }
        return migration.name().startsWith(EVACUATION_PREFIX) ? Author.EVACUATION : Author.OTHER;
    }
}
