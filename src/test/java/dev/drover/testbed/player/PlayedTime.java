package dev.drover.testbed.player;

import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** Real time, and the played time that runs {@code scale} times as fast. Safe for use by several threads. */
final class PlayedTime {

    private static final DateTimeFormatter SECONDS =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss'Z'").withZone(ZoneOffset.UTC);

    private final InstantSource clock;
    private final double scale;
    private final Instant start;

    PlayedTime(InstantSource clock, double scale) {
        this.clock = clock;
        this.scale = scale;
        this.start = clock.instant();
    }

    Instant now() {
        return clock.instant();
    }

    /** The time as Kubernetes writes it. */
    String stamp() {
        return stamp(now());
    }

    static String stamp(Instant instant) {
        return SECONDS.format(instant);
    }

    /** Played seconds since the player started. */
    double seconds() {
        return realSeconds() * scale;
    }

    /** Real seconds since the player started. */
    double realSeconds() {
        return (clock.millis() - start.toEpochMilli()) / 1000.0;
    }

    /** The real milliseconds after which some played seconds have certainly passed, although the clock counts whole milliseconds. */
    long realMillis(double playedSeconds) {
        return (long) Math.ceil(playedSeconds / scale * 1000) + 1;
    }
}
