package dev.drover.demo;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Waits for what the story is about to show. */
final class Patience {

    /** Generous, for small machines: it is slow, not broken. All waits end as soon as there is nothing to wait for. */
    private static final Duration LIMIT = Duration.ofMinutes(3);

    private final Stage stage;
    private final Narrator narrator;
    private final Witness witness;

    Patience(Stage stage, Narrator narrator, Witness witness) {
        this.stage = stage;
        this.narrator = narrator;
        this.witness = witness;
    }

    /** @return false, and it is told, when it is not so in time */
    boolean await(String what, BooleanSupplier condition) {
        boolean held = witness.await(LIMIT, () -> {
            stage.requireOperator();
            return condition.getAsBoolean();
        });
        if (!held) {
            narrator.bad("Not within %d s: %s.".formatted(LIMIT.toSeconds(), what));
        }
        return held;
    }
}
