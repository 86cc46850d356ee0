package dev.drover.status;

import dev.drover.api.v1alpha1.Condition;
import dev.drover.api.v1alpha1.ConditionStatus;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Builds the conditions of one object for one moment. {@code lastTransitionTime} moves only when a status changes, so that a
 * status that says the same as before is equal to the one before. A condition that is not set again is dropped. Not safe for threads.
 */
public final class Conditions {
    private final List<Condition> previous;
    private final long generation;
    private final Instant now;
    private final Map<ConditionType, Condition> conditions = new EnumMap<>(ConditionType.class);

    /**
     * @param previous what the object's status says now; empty for a new object
     * @param generation the {@code metadata.generation} that the conditions are decided for
     */
    public Conditions(List<Condition> previous, long generation, Instant now) {
        this.previous = List.copyOf(previous);
        this.generation = generation;
        this.now = now.truncatedTo(ChronoUnit.SECONDS);
    }

    /**
     * Sets a condition that holds or does not.
     *
     * @param message empty to say no more than what the reason means
     */
    public Conditions set(ConditionType type, boolean holds, Reason reason, String message) {
        return set(type, holds ? ConditionStatus.TRUE : ConditionStatus.FALSE, reason, message);
    }

    /** Sets a condition that cannot be told at the moment. */
    public Conditions unknown(ConditionType type, Reason reason, String message) {
        return set(type, ConditionStatus.UNKNOWN, reason, message);
    }

    /** Lets a condition be as it was before, if it was. */
    public Conditions keep(ConditionType type) {
        previous.stream()
                .filter(condition -> condition.type().equals(type.value()))
                .findFirst()
                .ifPresent(condition -> conditions.put(type, condition));
        return this;
    }

    /** The conditions that were set, in the order of their types. */
    public List<Condition> toList() {
        return List.copyOf(conditions.values());
    }

    private Conditions set(ConditionType type, ConditionStatus status, Reason reason, String message) {
        Instant since = previous.stream()
                .filter(condition -> condition.type().equals(type.value()) && condition.status() == status)
                .map(Condition::lastTransitionTime)
                .findFirst()
                .orElse(now);
        conditions.put(
                type,
                new Condition(
                        type.value(),
                        status,
                        generation,
                        since,
                        reason.value(),
                        Message.fitting(message.isBlank() ? reason.meaning() : message)));
        return this;
    }
}
