package dev.drover.reconcile;

import dev.drover.kubevirt.KubeVirtApi;
import dev.drover.model.Cluster;
import dev.drover.model.Migration;
import dev.drover.model.Vm;
import dev.drover.model.VmId;
import dev.drover.placement.Relocation;
import dev.drover.plan.Execution;
import dev.drover.plan.History;
import dev.drover.plan.History.Author;
import dev.drover.plan.History.End;
import dev.drover.plan.History.Entry;
import dev.drover.plan.History.Pauses;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Enters the outcome of every migration, whoever asked for it, into the history of its virtual machine. KubeVirt keeps only the five
 * newest final migrations of an instance, and a cancelled one vanishes at once, so this runs at the start of each cycle. Used by the
 * loop's thread only.
 */
final class Settler {
    private static final Logger LOG = Logger.getLogger(Settler.class);
    private static final String EVACUATION_PREFIX = "kubevirt-evacuation-";

    private final Histories histories;
    private final PlacementStore store;
    private Map<String, Migration> inFlight = Map.of();

    Settler(Histories histories, PlacementStore store) {
        this.histories = histories;
        this.store = store;
    }

    /** What one cycle found to have ended. */
    record Settled(Vm vm, Entry entry) {}

    /**
     * What an outcome is entered with.
     *
     * @param pauses how long the virtual machine and the node rest after it
     * @param purpose what Drover's plans say that the migration was for; null when none says so
     * @param underway the migrations that the plans say are running: what vanished while no process looked is only known from them
     */
    record Terms(
            Function<Vm, Pauses> pauses,
            Function<Migration, Relocation.@Nullable Reason> purpose,
            List<Migration> underway) {}

    /**
     * Enters a time-out before the migration is told to end: it may vanish then, and a process that starts afterwards would not know
     * that there was one. To be called in each cycle in which the migration is over its deadline.
     */
    void overdue(Migration migration, Vm vm, Instant now, Terms terms) {
        String why = "It was over its deadline in phase " + migration.phase() + ".";
        enter(vm, migration, entry(migration, End.TIMED_OUT, now, why), terms);
    }

    List<Settled> settle(Cluster now, Terms terms) {
        Map<VmId, Vm> vms = now.vms().stream().collect(Collectors.toMap(Vm::id, vm -> vm));
        // What was ordered and is not seen yet has no uid; it is settled from the moment on when it is seen.
        Map<String, Migration> present = now.migrations().stream()
                .filter(migration -> !migration.uid().isEmpty())
                .collect(Collectors.toMap(Migration::uid, migration -> migration, (first, second) -> second));
        now.vms().stream().filter(vm -> !histories.whyNotKept(vm).isEmpty()).forEach(vm -> keep(vm, histories.of(vm)));
        List<Settled> result = new ArrayList<>();
        now.migrations().stream()
                .filter(migration -> !migration.inFlight())
                .sorted(Comparator.comparing(Migration::phaseSince))
                .forEach(migration -> settle(migration, vms.get(migration.vm()), entry(migration), terms)
                        .ifPresent(result::add));
        for (Migration known : inFlight.values()) {
            if (!present.containsKey(known.uid())) {
                Vm vm = vms.get(known.vm());
                settle(known, vm, vanished(known, vm, now.takenAt()), terms).ifPresent(result::add);
            }
        }
        for (Migration unseen : unseen(now, terms.underway())) {
            Vm vm = vms.get(unseen.vm());
            settle(unseen, vm, vanished(unseen, vm, now.takenAt()), terms).ifPresent(result::add);
        }
        inFlight = stillInFlight(present);
        return result;
    }

    /** A watch may show a migration that was just created some time later. */
    private static List<Migration> unseen(Cluster now, List<Migration> underway) {
        Set<String> seen = now.migrations().stream().map(Migration::name).collect(Collectors.toSet());
        return underway.stream()
                .filter(migration -> !seen.contains(migration.name()))
                .filter(migration -> migration.created().plus(Execution.UNSEEN).isBefore(now.takenAt()))
                .toList();
    }

    private static Map<String, Migration> stillInFlight(Map<String, Migration> present) {
        Map<String, Migration> result = new HashMap<>(present);
        result.values().removeIf(migration -> !migration.inFlight());
        return result;
    }

    private Optional<Settled> settle(Migration migration, @Nullable Vm vm, Entry entry, Terms terms) {
        if (vm == null) {
            return Optional.empty();
        }
        boolean entered = enter(vm, migration, entry, terms);
        boolean endsNow = inFlight.containsKey(migration.uid());
        return entered || endsNow
                ? histories.of(vm).outcomeOf(entry.migration()).map(known -> new Settled(vm, known))
                : Optional.empty();
    }

    /** @return whether it was news */
    private boolean enter(Vm vm, Migration migration, Entry entry, Terms terms) {
        History before = histories.of(vm);
        if (!before.isNews(entry)) {
            return false;
        }
        Entry complete = entry.madeFor(terms.purpose().apply(migration));
        History history = before.record(complete, terms.pauses().apply(vm));
        if (vm.owned()) {
            keep(vm, history);
        }
        histories.record(vm, history);
        return true;
    }

    /** What cannot be kept is tried again in each cycle, and its virtual machine is not moved meanwhile (P6). Others are. */
    private void keep(Vm vm, History history) {
        try {
            store.keep(vm, history);
            histories.kept(vm);
        } catch (KubernetesClientException error) {
            if (!Refusal.isOfOneObject(error)) {
                throw error;
            }
            if (histories.notKept(vm, KubeVirtApi.said(error))) {
                LOG.warnf("What happened to (%s) cannot be kept: %s", vm.id(), KubeVirtApi.said(error));
            }
        }
    }

    private static Entry entry(Migration migration) {
        End end = migration.phase() == Migration.Phase.SUCCEEDED ? End.SUCCEEDED : End.FAILED;
        return entry(migration, end, migration.phaseSince(), migration.failure());
    }

    private static Entry vanished(Migration migration, @Nullable Vm vm, Instant now) {
        return vm != null && migration.target() != null && migration.target().equals(vm.node())
                ? entry(migration, End.SUCCEEDED, now, "")
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
                null,
                message);
    }

    private static Author author(Migration migration) {
        if (migration.ours()) {
            return Author.DROVER;
        }
        return migration.name().startsWith(EVACUATION_PREFIX) ? Author.EVACUATION : Author.OTHER;
    }
}
