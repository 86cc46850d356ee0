package dev.drover.execute;

/** Whether this process is the one that acts. Safe for threads. */
public interface Leadership {

    /** What this process believes; costs nothing. */
    boolean leading();

    /** What the lease says now, read from the API server: asked right before each action (P7). */
    boolean confirmed();
}
