package dev.drover.placement;

import dev.drover.model.VmId;

/**
 * One change of place that the engine proposes.
 *
 * @param reason what it is for
 * @param why what it is for and the figures that change, for a person
 * @param gain how much the cost of the placement falls by it, in the units of {@link Score}: contention and imbalance together; for a freed node its part of it
 * @param costSeconds seconds of degraded service that the migration is expected to cost
 * @param effect the terms that change
 */
public record Relocation(
        VmId vm, String from, String to, Reason reason, String why, double gain, double costSeconds, Effect effect) {
    /** One that changes no term of the cost. */
    public Relocation(VmId vm, String from, String to, Reason reason, String why, double gain, double costSeconds) {
        this(vm, from, to, reason, why, gain, costSeconds, Effect.NONE);
    }

    /** The same, for this and for that reason. */
    public Relocation madeFor(Reason purpose, String because) {
        return new Relocation(vm, from, to, purpose, because, gain, costSeconds, effect);
    }

    /** The most urgent first. */
    public enum Reason {
        CONSTRAINT_REPAIR,
        /** Another virtual machine, which finds no node, is let in. */
        MAKE_ROOM,
        /** A person ordered it. */
        REQUESTED,
        BALANCE,
        /** A node that is forecast to be hot is relieved before. */
        FORECAST,
        CONSOLIDATION
    }
}
