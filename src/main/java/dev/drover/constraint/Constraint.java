package dev.drover.constraint;

import java.time.Instant;

/**
 * One constraint that a user wrote.
 *
 * @param created of the custom resource; of constraints that contradict each other the oldest is obeyed
 */
public record Constraint(ConstraintId id, Selection selection, Rule rule, Instant created) {}
