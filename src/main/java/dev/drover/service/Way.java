package dev.drover.service;

import dev.drover.api.v1alpha1.RelocationFault;
import dev.drover.api.v1alpha1.RelocationState;
import org.jspecify.annotations.Nullable;

/** What comes next for a virtual machine that is being relocated. */
sealed interface Way {
    /** @param why for people */
    record Wait(String why) implements Way {}

    /** One write, which the state that stands in the status allows. */
    record Take(Step step) implements Way {}

    /**
     * The next state. It is entered in the status before anything is done in it.
     *
     * @param fault null when there is no new one
     * @param why more about the fault; empty without one
     */
    record Pass(RelocationState state, @Nullable RelocationFault fault, String why) implements Way {
        static Pass to(RelocationState state) {
            return new Pass(state, null, "");
        }
    }
}
