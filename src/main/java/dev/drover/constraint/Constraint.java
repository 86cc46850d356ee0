package dev.drover.constraint;

import java.time.Instant;

/**
 * One constraint that a user wrote.
 *
 * @param during when it binds: at each instant, or only once nothing moves
 * @param weight 0 when it is required; else it is only preferred, and this is what each breach counts, 1 to 100
 * @param created of the custom resource; of constraints that contradict each other the oldest is obeyed
 */
public record Constraint(
        ConstraintId id, Selection selection, Rule rule, Rule.During during, int weight, Instant created) {

    /** Required, and binding when rules of its kind usually are. */
    public Constraint(ConstraintId id, Selection selection, Rule rule, Instant created) {
        this(id, selection, rule, rule.usualDuring(), 0, created);
    }

    /** The same, binding at other times. */
    public Constraint during(Rule.During other) {
        return new Constraint(id, selection, rule, other, weight, created);
    }

    /** The same as a preference, which is about what is at rest. */
    public Constraint preferred(int weight) {
        return new Constraint(id, selection, rule, Rule.During.DISCRETE, weight, created);
    }

    public boolean required() {
        return weight == 0;
    }

    /** What it is and where to find it, for a person: {@code ForbiddenNodes no-gpu-nodes (namespace shop)}. */
    public String title() {
        String where = id.namespace().isEmpty() ? "cluster-wide" : "namespace " + id.namespace();
        return (required() ? "" : "preferred ") + rule.type() + " " + id.name() + " (" + where + ")";
    }
}
