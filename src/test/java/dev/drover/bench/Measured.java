package dev.drover.bench;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.IntConsumer;

/**
 * How long one thing takes that was done many times in one thread: by the processor time of the thread, which a busy machine does not
 * falsify, and by the clock. Sorted nanoseconds.
 */
public record Measured(String what, long[] processor, long[] clock) {
    private static final double NANOS_PER_MILLI = 1e6;

    /**
     * Does it {@code warmUp} times for nothing and then {@code times} times, and prints the result as one line.
     *
     * @param action gets a number that grows by one with each call, from 0 on
     */
    public static Measured of(String what, int warmUp, int times, IntConsumer action) {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        long[] processor = new long[times];
        long[] clock = new long[times];
        for (int call = 0; call < warmUp + times; call++) {
            long cpu = threads.getCurrentThreadCpuTime();
            long begin = System.nanoTime();
            action.accept(call);
            if (call >= warmUp) {
                clock[call - warmUp] = System.nanoTime() - begin;
                processor[call - warmUp] = threads.getCurrentThreadCpuTime() - cpu;
            }
        }
        Arrays.sort(processor);
        Arrays.sort(clock);
        Measured measured = new Measured(what, processor, clock);
        System.out.println(measured);
        return measured;
    }

    public double medianMillis() {
        return millis(processor, 0.5);
    }

    /** @return milliseconds that {@code share} of the calls did not exceed */
    private static double millis(long[] sorted, double share) {
        return sorted[(int) Math.min(sorted.length - 1, Math.floor(sorted.length * share))] / NANOS_PER_MILLI;
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "bench %-40s processor: median %.3f ms, p99 %.3f ms; clock: median %.3f ms, p99 %.3f ms; %d times",
                what,
                millis(processor, 0.5),
                millis(processor, 0.99),
                millis(clock, 0.5),
                millis(clock, 0.99),
                clock.length);
    }
}
