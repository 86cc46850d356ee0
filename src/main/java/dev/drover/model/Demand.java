package dev.drover.model;

/** What a virtual machine needs now, and where that figure is from. */
public record Demand(Resources amount, Source source) {
    public enum Source {
        /** From measurements, as a percentile over the policy's window. */
        MEASURED,
        /** From a VirtualMachineProfile. */
        CONFIGURED,
        /** Nothing measured it yet: what its ApplicationService declares. */
        DECLARED,
        /** Nothing measured it: what it requests. */
        REQUESTED
    }
}
