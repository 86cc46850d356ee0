package dev.drover.forecast;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What is known of the CPU that the virtual machines of one application use together, all amounts in millicores.
 *
 * @param now over the last minute; NaN when nothing is measured. Where something is missing it is less than what is used, never more
 * @param each what one virtual machine has; NaN when none is known
 * @param ahead what is expected at {@code time}
 * @param time for which the forecast is: a virtual machine made now would be ready by then; null as long as there is no forecast
 * @param peak the highest that was used or expected, by a forecast that was trusted, within the time that fewer are waited for
 * @param wholeSince since when nothing was missing; null when something is
 */
public record Load(
        double now, double each, Forecast ahead, @Nullable Instant time, double peak, @Nullable Instant wholeSince) {

    public static final Load UNKNOWN = new Load(Double.NaN, Double.NaN, new Forecast.Unknown(), null, Double.NaN, null);

    /** Whether it says anything that a decision can stand on. */
    public boolean isKnown() {
        return now >= 0 && each > 0;
    }
}
