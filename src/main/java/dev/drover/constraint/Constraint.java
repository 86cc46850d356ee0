package dev.drover.constraint;

import java.time.Instant;

/**
 * One constraint that a user wrote.
 *
 * @param created of the custom resource; of constraints that contradict each other the oldest is obeyed
 */
public record Constraint(ConstraintId id, Selection selection, Rule rule, Instant created) {

    /** What it is and where to find it, for a person: {@code ForbiddenNodes no-gpu-nodes (namespace shop)}. */
    public String title() {
        String where = id.namespace().isEmpty() ? "cluster-wide" : "namespace " + id.namespace();
        return rule.type() + " " + id.name() + " (" + where + ")";
    }
}
