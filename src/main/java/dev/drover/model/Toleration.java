package dev.drover.model;

import org.jspecify.annotations.Nullable;

/**
 * A pod's toleration with the meaning that Kubernetes gives it: an empty {@code key} with {@code exists} tolerates every
 * taint, a null {@code effect} every effect.
 */
public record Toleration(String key, boolean exists, String value, Taint.@Nullable Effect effect) {

    public boolean tolerates(Taint taint) {
        if (effect != null && effect != taint.effect()) {
            return false;
        }
        if (key.isEmpty()) {
            return exists;
        }
        return key.equals(taint.key()) && (exists || value.equals(taint.value()));
    }
}
