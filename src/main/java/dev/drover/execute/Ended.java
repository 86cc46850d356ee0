package dev.drover.execute;

/** What came of the order to end a migration that is over its deadline. */
public sealed interface Ended {

    /** It is being ended: its outcome will be seen. */
    record Ending(String how) implements Ended {}

    /** It cannot be ended without a risk for the guest: its slots count as taken until the node is fenced. */
    record Stalled(String why) implements Ended {}
}
