package dev.drover.placement.search;

/** Pseudo-random numbers from a seed, fast enough for the inner loop: xorshift64* (Vigna, 2016). Not safe for threads. */
final class Dice {
    private static final int LOGS = 1 << 14;
    private static final double[] NEGATIVE_LOG = negativeLogs();

    private long state;

    Dice(long seed) {
        state = mixed(seed);
    }

    private static long mixed(long seed) {
        long z = seed + 0x9E3779B97F4A7C15L;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        z ^= z >>> 31;
        return z == 0 ? 1 : z;
    }

    private static double[] negativeLogs() {
        double[] logs = new double[LOGS];
        for (int i = 0; i < LOGS; i++) {
            logs[i] = -Math.log((i + 0.5) / LOGS);
        }
        return logs;
    }

    private long next() {
        long s = state;
        s ^= s >>> 12;
        s ^= s << 25;
        s ^= s >>> 27;
        state = s;
        return s * 0x2545F4914F6CDD1DL;
    }

    /** From 0 to below {@code bound}, which is at least 1. */
    int below(int bound) {
        return (int) (((next() >>> 32) * bound) >>> 32);
    }

    /** Exponentially distributed with mean 1: an increase of the cost up to this times the temperature is accepted. */
    double patience() {
        return NEGATIVE_LOG[(int) (next() >>> 50)];
    }
}
