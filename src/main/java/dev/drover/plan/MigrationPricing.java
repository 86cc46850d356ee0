package dev.drover.plan;

import dev.drover.model.Vm;
import java.util.OptionalDouble;

/**
 * How long a live migration takes. Pre-copy sends the memory, then what was written meanwhile, and so on: with the memory M, the
 * bandwidth b and the ratio r of the rate of writing to b, n rounds take M/b x (1 - r^n) / (1 - r) seconds.
 */
public final class MigrationPricing {
    /** From this ratio on, pre-copy does not come to an end that is worth waiting for. */
    public static final double HOPELESS_RATIO = 0.9;

    /** Bytes a second: what is left of a link of 10 Gbit/s that migrations share with others. A guess. */
    public static final double ASSUMED_BANDWIDTH = 500e6;

    /** The ratio of a guest that was not measured: an ordinary server at work. A guess. */
    public static final double ASSUMED_RATIO = 0.2;

    /** The rounds after which QEMU's rest usually fits in the allowed downtime. */
    private static final int ROUNDS = 5;

    /** Preparing the target and the hand-over. */
    private static final double FIXED_SECONDS = 5;

    private MigrationPricing() {}

    /** By what the launcher pod requests of memory and what KubeVirt lets it send, with the guesses for link and rate of writing. */
    public static double seconds(Vm vm) {
        long allowed = vm.migratability().bandwidth();
        double bandwidth = allowed > 0 ? Math.min(allowed, ASSUMED_BANDWIDTH) : ASSUMED_BANDWIDTH;
        return FIXED_SECONDS + rounds(vm.requests().memoryBytes() / bandwidth, ASSUMED_RATIO);
    }

    /**
     * @param bandwidth bytes a second, above 0
     * @param dirtyRate bytes a second that the guest writes
     * @return empty when the guest writes too fast for pre-copy
     */
    public static OptionalDouble seconds(long memoryBytes, double bandwidth, double dirtyRate) {
        double ratio = dirtyRate / bandwidth;
        return ratio >= HOPELESS_RATIO
                ? OptionalDouble.empty()
                : OptionalDouble.of(FIXED_SECONDS + rounds(memoryBytes / bandwidth, ratio));
    }

    private static double rounds(double first, double ratio) {
        return first * (1 - Math.pow(ratio, ROUNDS)) / (1 - ratio);
    }
}
