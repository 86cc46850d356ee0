package dev.drover.execute;

import java.time.Instant;

/** What came of the order to start one move. */
public sealed interface Started {

    /** A migration carries it out: created now, or found because it was created before. */
    record Running(String migration, Instant since) implements Started {}

    /** Not now: another cycle may do it. */
    record Later(String why) implements Started {}

    /** The API server or KubeVirt does not take it; another cycle asks again. */
    record Refused(String why) implements Started {}

    /** Never: the world is no longer the one that the plan was made for. */
    record Void(String why) implements Started {}
}
