package dev.drover.placement.search;

/** The unit of temperature of a problem: what a shift that fits costs on average, when it costs anything. */
final class Scale {
    private static final int SAMPLES = 20_000;
    private static final int TRIES = 40 * SAMPLES;

    private Scale() {}

    static double sampled(Arrangement start, Dice dice) {
        double sum = 0;
        int seen = 0;
        for (int i = 0; i < TRIES && seen < SAMPLES; i++) {
            int vm = dice.below(start.problem.vms());
            int to = dice.below(start.problem.nodes());
            if (start.nodeOf[vm] == to || !start.canShift(vm, to)) {
                continue;
            }
            long delta = start.shiftDelta(vm, to);
            if (delta > 0) {
                sum += delta;
                seen++;
            }
        }
        return seen == 0 ? 1 : sum / seen;
    }
}
