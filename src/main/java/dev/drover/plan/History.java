package dev.drover.plan;

import dev.drover.placement.Relocation;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What happened to one virtual machine's place, whoever caused it, and what follows for the next move (P6, P9). Written to its
 * VirtualMachinePlacement before anything else is done with the virtual machine, so that a restart knows it.
 *
 * @param entries oldest first, at most {@link #KEPT}
 * @param quarantines nodes that it is not sent to for a while
 * @param failures failed moves since the last success
 * @param cooldownUntil no balancing move before; {@link Instant#EPOCH} when it never moved
 */
public record History(List<Entry> entries, List<Quarantine> quarantines, int failures, Instant cooldownUntil) {
    public static final int KEPT = 10;
    public static final History EMPTY = new History(List.of(), List.of(), 0, Instant.EPOCH);

    /** Somebody who cancels a migration knows something that we do not. */
    static final Duration CANCELLED_COOLDOWN = Duration.ofHours(1);

    private static final Duration LONGEST_COOLDOWN = Duration.ofHours(24);
    private static final Duration LONGEST_QUARANTINE = Duration.ofHours(6);

    public enum End {
        SUCCEEDED,
        FAILED,
        TIMED_OUT,
        CANCELLED
    }

    public enum Author {
        DROVER,
        EVACUATION,
        OTHER
    }

    /**
     * @param migration the name of the VirtualMachineInstanceMigration: an outcome is entered once
     * @param purpose what Drover moved it for; null for migrations of others, and when its plan is gone
     */
    public record Entry(
            String migration,
            String from,
            String to,
            Instant ended,
            Duration took,
            End end,
            Author author,
            Relocation.@Nullable Reason purpose,
            String message) {

        public Entry madeFor(Relocation.@Nullable Reason known) {
            return new Entry(migration, from, to, ended, took, end, author, known, message);
        }
    }

    /** @param failures consecutive ones of this virtual machine on this node */
    public record Quarantine(String node, Instant until, int failures) {}

    /**
     * @param cooldown after a move that succeeded
     * @param quarantine of a node after the first failure on it; doubles with each further one
     */
    public record Pauses(Duration cooldown, Duration quarantine) {}

    public History {
        entries = List.copyOf(entries);
        quarantines = List.copyOf(quarantines);
    }

    /** The outcome of a migration that is entered already. */
    public Optional<Entry> outcomeOf(String migration) {
        return entries.stream()
                .filter(entry -> entry.migration().equals(migration))
                .findFirst();
    }

    /** The migration that was entered last; empty when none was. */
    public String lastMigration() {
        return entries.isEmpty() ? "" : entries.getLast().migration();
    }

    public boolean cooling(Instant now) {
        return now.isBefore(cooldownUntil);
    }

    /** The nodes that it must not be sent to. */
    public Set<String> quarantinedNodes(Instant now) {
        return quarantines.stream()
                .filter(pair -> now.isBefore(pair.until()))
                .map(Quarantine::node)
                .collect(Collectors.toSet());
    }

    /** Moves that ended well in the 24 hours before {@code now}. */
    public int movesLastDay(Instant now) {
        Instant dayAgo = now.minus(Duration.ofDays(1));
        return (int) entries.stream()
                .filter(entry -> entry.end() == End.SUCCEEDED && entry.ended().isAfter(dayAgo))
                .count();
    }

    /**
     * The node that Drover moved it to and that others took it off again, when both happened after {@code since} and nothing since then;
     * empty otherwise.
     */
    public String undone(Instant since) {
        List<Entry> moves = entries.stream()
                .filter(entry -> entry.end() == End.SUCCEEDED && entry.ended().isAfter(since))
                .toList();
        if (moves.size() < 2) {
            return "";
        }
        Entry ours = moves.get(moves.size() - 2);
        Entry theirs = moves.getLast();
        boolean isUndone = ours.author() == Author.DROVER
                && theirs.author() != Author.DROVER
                && theirs.from().equals(ours.to());
        return isUndone ? ours.to() : "";
    }

    /**
     * Whether it says something new. Each outcome is entered once; but a time-out is entered before the migration is told to end, so
     * that one can turn out to be a success after all.
     */
    public boolean isNews(Entry entry) {
        return outcomeOf(entry.migration())
                .map(known -> known.end() == End.TIMED_OUT && entry.end() == End.SUCCEEDED)
                .orElse(true);
    }

    /** This history with one more outcome; the same when that is no news. */
    public History record(Entry entry, Pauses pauses) {
        if (!isNews(entry)) {
            return this;
        }
        List<Entry> kept = new ArrayList<>(entries);
        kept.removeIf(known -> known.migration().equals(entry.migration()));
        kept.add(entry);
        if (kept.size() > KEPT) {
            kept.removeFirst();
        }
        return switch (entry.end()) {
            case SUCCEEDED ->
                new History(kept, without(entry.to()), 0, later(entry.ended().plus(pauses.cooldown())));
            case FAILED, TIMED_OUT ->
                new History(
                        kept,
                        quarantining(entry, pauses.quarantine()),
                        failures + 1,
                        later(entry.ended().plus(doubled(pauses.cooldown(), failures + 1, LONGEST_COOLDOWN))));
            case CANCELLED ->
                new History(kept, quarantines, failures, later(entry.ended().plus(CANCELLED_COOLDOWN)));
        };
    }

    private List<Quarantine> quarantining(Entry entry, Duration base) {
        int before = quarantines.stream()
                .filter(pair -> pair.node().equals(entry.to()))
                .mapToInt(Quarantine::failures)
                .findFirst()
                .orElse(0);
        List<Quarantine> result = new ArrayList<>(without(entry.to()));
        if (!entry.to().isEmpty()) {
            Duration pause = doubled(base, before, LONGEST_QUARANTINE);
            result.add(new Quarantine(entry.to(), entry.ended().plus(pause), before + 1));
        }
        return result.size() > KEPT ? result.subList(result.size() - KEPT, result.size()) : result;
    }

    private List<Quarantine> without(String node) {
        return quarantines.stream().filter(pair -> !pair.node().equals(node)).toList();
    }

    private Instant later(Instant candidate) {
        return candidate.isAfter(cooldownUntil) ? candidate : cooldownUntil;
    }

    private static Duration doubled(Duration base, int times, Duration most) {
        Duration result = base;
        for (int i = 0; i < times && result.compareTo(most) < 0; i++) {
            result = result.multipliedBy(2);
        }
        return result.compareTo(most) > 0 ? most : result;
    }
}
