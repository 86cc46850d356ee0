package dev.drover.testbed.player;

/**
 * What a guest asks for over time. What it gets is bounded by its own size and by what its node has left.
 *
 * @param cpu cores
 * @param memory bytes that the guest has touched; they are what a live migration copies first
 * @param dirtyRate bytes that the guest changes in a second; they are what a live migration copies again
 */
public record Demand(Curve cpu, Curve memory, Curve dirtyRate) {

    private static final double SOME_DIRTY_RATE = 10 << 20;

    /** The same for all times, with 10 MiB changed in a second. */
    public static Demand constant(double cores, double memoryBytes) {
        return new Demand(Curve.constant(cores), Curve.constant(memoryBytes), Curve.constant(SOME_DIRTY_RATE));
    }

    public Demand withCpu(double cores) {
        return withCpu(Curve.constant(cores));
    }

    public Demand withCpu(Curve cores) {
        return new Demand(cores, memory, dirtyRate);
    }

    public Demand withMemory(double bytes) {
        return withMemory(Curve.constant(bytes));
    }

    public Demand withMemory(Curve bytes) {
        return new Demand(cpu, bytes, dirtyRate);
    }

    public Demand withDirtyRate(double bytesPerSecond) {
        return withDirtyRate(Curve.constant(bytesPerSecond));
    }

    public Demand withDirtyRate(Curve bytesPerSecond) {
        return new Demand(cpu, memory, bytesPerSecond);
    }
}
