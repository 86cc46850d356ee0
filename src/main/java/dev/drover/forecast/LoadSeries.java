package dev.drover.forecast;

import dev.drover.model.Resources;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The load of one application in the course of time, with a forecast for when a virtual machine would be ready that is made now. The
 * forecast is of means of five minutes, as the back-tests are; what is now is of the last minute. Not safe for threads.
 */
public final class LoadSeries {

    /** What is forecast are means over so long. */
    public static final Duration INTERVAL = Duration.ofMinutes(5);

    private static final int PER_DAY = (int) Duration.ofDays(1).dividedBy(INTERVAL);
    /** Two weeks, so that a weekly season is learnt and tested again when another distance is asked for. */
    private static final int KEPT = 14 * PER_DAY;

    private static final Duration RECENT = Duration.ofMinutes(1);
    private static final double LARGEST = 100_000;
    private static final double COVERAGE = 0.9;

    private final Duration gap;
    private final Supplier<List<Model>> models;
    private final Deque<Sample> recent = new ArrayDeque<>();
    private final Deque<Double> means = new ArrayDeque<>();
    private final UsageWindow peaks = new UsageWindow(Resources.CPU, Resources.MEMORY);
    private int ahead = 1;
    private Forecaster forecaster;
    private long interval = -1;
    private double sum;
    private int count;
    private @Nullable Instant wholeSince;

    private record Sample(Instant at, double load) {}

    /** @param gap after so long without a value, nothing is known any more */
    public LoadSeries(Duration gap) {
        this(gap, () -> Models.all(PER_DAY, LARGEST));
    }

    /**
     * With other models than all of the product.
     *
     * @param models gives new ones each time
     */
    public LoadSeries(Duration gap, Supplier<List<Model>> models) {
        this.gap = gap;
        this.models = models;
        this.forecaster = forecaster();
    }

    private Forecaster forecaster() {
        return new Forecaster(models.get(), new Forecaster.Settings(ahead, PER_DAY, COVERAGE));
    }

    /**
     * Sets how far the forecast looks: to the interval in which a virtual machine is ready that is made at the end of this one. When it
     * changes, the models learn all that is kept anew.
     *
     * @param ready how long a virtual machine takes
     */
    public void lookAhead(Duration ready) {
        int wanted = 1 + (int) Math.ceilDiv(ready.toSeconds(), INTERVAL.toSeconds());
        if (wanted != ahead) {
            ahead = wanted;
            forecaster = forecaster();
            means.forEach(forecaster::observe);
        }
    }

    /**
     * Adds what all virtual machines of the application use together.
     *
     * @param at not before the one that was added last
     * @param load millicores, 0 or more
     * @param whole false when some are missing in it
     * @param stabilization how far back {@link #load} will be asked for the peak
     */
    public void add(Instant at, double load, boolean whole, Duration stabilization) {
        if (!recent.isEmpty() && recent.getLast().at().plus(gap).isBefore(at)) {
            recent.clear();
            wholeSince = null;
        }
        advance(Math.floorDiv(at.getEpochSecond(), INTERVAL.toSeconds()));
        if (whole) {
            sum += load;
            count++;
            wholeSince = wholeSince == null ? at : wholeSince;
        } else {
            wholeSince = null;
        }
        recent.addLast(new Sample(at, load));
        while (!recent.getFirst().at().plus(RECENT).isAfter(at)) {
            recent.removeFirst();
        }
        long asked = (long) Math.ceil(Math.max(now(), expected()));
        peaks.add(at, Resources.of(asked, 0), stabilization);
    }

    /** Closes the intervals that are over; those in which nothing was whole are not known. */
    private void advance(long current) {
        if (interval >= 0 && current - interval > KEPT) {
            forecaster = forecaster();
            means.clear();
            interval = -1;
            sum = 0;
            count = 0;
        }
        for (; interval >= 0 && interval < current; interval++) {
            double mean = count == 0 ? Double.NaN : sum / count;
            forecaster.observe(mean);
            means.addLast(mean);
            if (means.size() > KEPT) {
                means.removeFirst();
            }
            sum = 0;
            count = 0;
        }
        interval = Math.max(interval, current);
    }

    private double now() {
        return recent.stream().mapToDouble(Sample::load).average().orElse(Double.NaN);
    }

    /** What a trusted forecast expects; 0 without one. */
    private double expected() {
        return forecaster.forecast() instanceof Forecast.Trusted trusted
                ? trusted.band().expected()
                : 0;
    }

    /**
     * What is known now.
     *
     * @param each millicores that one virtual machine has
     */
    public Load load(Instant now, double each, Duration stabilization) {
        if (recent.isEmpty() || recent.getLast().at().plus(gap).isBefore(now)) {
            return Load.UNKNOWN;
        }
        double peak = peaks.percentile(now, stabilization, 100)
                .map(asked -> (double) asked.cpuMillis())
                .orElse(Double.NaN);
        Forecast forecast = forecaster.forecast();
        Instant time = forecast instanceof Forecast.Unknown
                ? null
                : Instant.ofEpochSecond((interval + ahead - 1) * INTERVAL.toSeconds());
        return new Load(now(), each, forecast, time, peak, wholeSince);
    }
}
