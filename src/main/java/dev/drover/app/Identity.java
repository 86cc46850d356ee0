package dev.drover.app;

import java.util.Objects;

/** How this replica calls itself in the lease and in events. */
final class Identity {
    private static final String THIS = Objects.requireNonNullElse(System.getenv("HOSTNAME"), "drover") + "-"
            + ProcessHandle.current().pid();

    private Identity() {}

    /** The pod's name where there is one, with the number of the process: two on one machine differ. */
    static String ofThisProcess() {
        return THIS;
    }
}
