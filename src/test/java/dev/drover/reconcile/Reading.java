package dev.drover.reconcile;

import dev.drover.api.v1alpha1.Condition;
import java.util.List;

/** Reads conditions as tests compare them. */
final class Reading {

    private Reading() {}

    /** Type, status and reason. */
    static String brief(List<Condition> conditions, String type) {
        Condition condition = condition(conditions, type);
        return type + " " + condition.status() + " " + condition.reason();
    }

    static Condition condition(List<Condition> conditions, String type) {
        return conditions.stream()
                .filter(condition -> condition.type().equals(type))
                .findFirst()
                .orElseThrow();
    }
}
