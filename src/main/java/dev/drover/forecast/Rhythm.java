package dev.drover.forecast;

import java.time.Duration;
import java.time.Instant;

/**
 * The intervals in which demand is learnt and forecast. They are counted from the epoch, so those of all series with the same rhythm begin
 * and end together.
 *
 * @param season after which demand is expected to come again, 1 ms or more
 * @param perSeason intervals of a season, 2 to {@link #MOST}
 * @param ahead how many intervals a forecast reaches, 1 or more, fewer than a season has
 */
public record Rhythm(Duration season, int perSeason, int ahead) {
    /** Five minutes of a day. Bounds what is kept of a virtual machine. */
    public static final int MOST = 288;

    public Rhythm {
        if (season.toMillis() < 1 || perSeason < 2 || perSeason > MOST || ahead < 1 || ahead >= perSeason) {
            throw new IllegalArgumentException(
                    "a rhythm needs a season above 0 (%s), 2 to %d intervals in it (%d) and a forecast of 1 interval or more that is shorter than it (%d). Mend what is outside."
                            .formatted(season, MOST, perSeason, ahead));
        }
    }

    /**
     * With as many intervals as are kept, none shorter than demand is measured.
     *
     * @param horizon how far a forecast reaches, at most half a season
     * @param shortest from one measurement to the next
     */
    public static Rhythm of(Duration horizon, Duration season, Duration shortest) {
        int perSeason = (int) Math.clamp(season.dividedBy(shortest), 4, MOST);
        long ahead = Math.ceilDiv(horizon.toMillis() * perSeason, season.toMillis());
        return new Rhythm(season, perSeason, (int) Math.clamp(ahead, 1, perSeason / 2));
    }

    /** The number of the interval that holds this instant. */
    public long interval(Instant instant) {
        return Math.floorDiv(instant.toEpochMilli() * perSeason, season.toMillis());
    }

    /** When an interval begins. */
    public Instant start(long interval) {
        return Instant.ofEpochMilli(Math.ceilDiv(interval * season.toMillis(), (long) perSeason));
    }
}
