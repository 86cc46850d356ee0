package dev.drover.cli.plan;

import java.io.Console;
import java.io.PrintWriter;

/** Tells a person at a terminal what is being done; says nothing to a script. */
final class Progress {
    private final PrintWriter to;
    private final boolean isShown;

    Progress(PrintWriter to) {
        this.to = to;
        Console console = System.console();
        isShown = console != null && console.isTerminal();
    }

    void say(String what) {
        if (isShown) {
            to.println(what);
            to.flush();
        }
    }
}
