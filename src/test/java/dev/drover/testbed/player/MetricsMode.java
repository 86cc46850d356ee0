package dev.drover.testbed.player;

/** How well metrics.k8s.io works. */
public enum MetricsMode {
    /** What the guests really use. */
    NORMAL,
    /** The API group does not exist, as on a cluster without metrics-server. */
    NOT_INSTALLED,
    /** Every request is answered with 503. */
    UNAVAILABLE,
    /** Lists are empty. */
    EMPTY,
    /** Values and times stay as they were when this mode began. */
    STALE,
    /** Usage is negative. */
    NEGATIVE,
    /** Usage is the word NaN, which is no quantity. */
    MALFORMED,
    /** Usage is greater than any machine has. */
    ABSURD
}
