package dev.drover.service;

import dev.drover.api.v1alpha1.RelocationDisk;
import dev.drover.api.v1alpha1.RelocationFault;
import dev.drover.api.v1alpha1.RelocationState;
import java.util.List;
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
     * @param why more about the fault, or about what is left to do for people; empty when there is nothing to say
     * @param disks as they are known now; empty when nothing new is known of them
     */
    record Pass(RelocationState state, @Nullable RelocationFault fault, String why, List<RelocationDisk> disks)
            implements Way {
        public Pass {
            disks = List.copyOf(disks);
        }

        public Pass(RelocationState state, @Nullable RelocationFault fault, String why) {
            this(state, fault, why, List.of());
        }

        static Pass to(RelocationState state) {
            return new Pass(state, null, "");
        }
    }
}
