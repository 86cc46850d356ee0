package dev.drover.bench.sequence;

import dev.drover.plan.sequence.SequenceProblem.Limits;

/** Under which limits the moves of an instance are to be put in an order. */
public enum Setting {
    /** 5 in the cluster, 2 out of a node, 1 GiB/s for each. */
    A(new Limits(5, 2, Limits.NONE, false, 1.0 * Setting.GIB)),
    /** No limit for the cluster, 2 out of and 2 into a node, 2.9 GiB/s of a node for all of them. */
    B(new Limits(Limits.NONE, 2, 2, true, 2.9 * Setting.GIB)),
    /** The same limits, for instances with little room. */
    C(B.limits);

    /** Bytes. */
    public static final long GIB = 1L << 30;

    private final Limits limits;

    Setting(Limits limits) {
        this.limits = limits;
    }

    public Limits limits() {
        return limits;
    }
}
