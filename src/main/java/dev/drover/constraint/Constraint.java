package dev.drover.constraint;

import java.time.Instant;

/**
 * One constraint that a user wrote.
 *
 * @param during when it binds: at each instant, or only once nothing moves
 * @param created of the custom resource; of constraints that contradict each other the oldest is obeyed
 */
public record Constraint(ConstraintId id, Selection selection, Rule rule, Rule.During during, Instant created) {

    /** Binding when rules of its kind usually are. */
    public Constraint(ConstraintId id, Selection selection, Rule rule, Instant created) {
        this(id, selection, rule, rule.usualDuring(), created);
    }

    public Constraint during(Rule.During other) {
        return new Constraint(id, selection, rule, other, created);
    }

    /** What it is and where to find it, for a person: {@code ForbiddenNodes no-gpu-nodes (namespace shop)}. */
    public String title() {
        String where = id.namespace().isEmpty() ? "cluster-wide" : "namespace " + id.namespace();
        return rule.type() + " " + id.name() + " (" + where + ")";
    }
}
