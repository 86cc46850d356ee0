package dev.drover.bench.plot;

import java.util.Locale;
import java.util.stream.DoubleStream;

/**
 * One direction of a plot, from the smallest to the largest value that it shows.
 *
 * @param scale of a value, monotonic
 * @param ticks the values that get a line and a label
 */
record Axis(String name, Scale scale, double low, double high, double[] ticks) {
    enum Scale {
        LINEAR,
        /** For values above 0. */
        LOGARITHMIC;

        private double of(double value) {
            return switch (this) {
                case LINEAR -> value;
                case LOGARITHMIC -> Math.log10(value);
            };
        }
    }

    /** Whole powers of ten around the values. */
    static Axis logarithmic(String name, DoubleStream values) {
        double[] powers = values.map(Math::log10).toArray();
        double low = Math.floor(DoubleStream.of(powers).min().orElse(0));
        double high = Math.ceil(DoubleStream.of(powers).max().orElse(1));
        double[] ticks = DoubleStream.iterate(low, power -> power <= high, power -> power + 1)
                .map(power -> Math.pow(10, power))
                .toArray();
        return new Axis(name, Scale.LOGARITHMIC, Math.pow(10, low), Math.pow(10, high), ticks);
    }

    /** Some round values around the values. */
    static Axis linear(String name, DoubleStream values) {
        double[] sorted = values.sorted().toArray();
        double least = sorted[0];
        double span = Math.max(sorted[sorted.length - 1] - least, 1e-9);
        double power = Math.pow(10, Math.floor(Math.log10(span / 4)));
        double step = power * (span / power > 20 ? 5 : span / power > 8 ? 2 : 1);
        double low = Math.floor(least / step) * step;
        double high = Math.ceil((least + span) / step) * step;
        double[] ticks = DoubleStream.iterate(low, value -> value <= high + step / 2, value -> value + step)
                .toArray();
        return new Axis(name, Scale.LINEAR, low, high, ticks);
    }

    /** 0 for the smallest, 1 for the largest. */
    double share(double value) {
        return (scale.of(value) - scale.of(low)) / (scale.of(high) - scale.of(low));
    }

    static String label(double value) {
        return String.format(
                Locale.ROOT, value >= 1 ? "%,.0f" : "%s", value >= 1 ? (Object) value : Double.toString(value));
    }
}
