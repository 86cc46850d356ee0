package dev.drover.bench.planetlab;

import java.util.Locale;

/** What is simulated. */
public enum Rules {
    /** As CloudSim does it, for one purpose: to show that the simulator is right. A VM that is idle twice leaves for the day. */
    CLOUDSIM,
    /** The same, and no VM leaves. */
    CLOUDSIM_KEEP,
    /** The benchmark: a policy decides on the past only, every VM stays all day, and a node without VMs is off. */
    DROVER;

    /** Whether a policy knows the demand of the step that it decides for. */
    boolean seesPresent() {
        return this != DROVER;
    }

    /** As it is written in options and results. */
    @Override
    public String toString() {
        return name().replace('_', '-').toLowerCase(Locale.ROOT);
    }
}
