package dev.drover.copy;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/** Says how far it got, at most every 10 seconds. For one thread. */
final class Progress {
    private static final Duration RATE = Duration.ofSeconds(10);
    private static final double GIBIBYTE = 1L << 30;

    private final Surroundings surroundings;
    private final String done;
    private final long total;
    private long bytes;
    private Instant said;

    /** @param done the verb, in the past */
    Progress(Surroundings surroundings, String done, long total) {
        this.surroundings = surroundings;
        this.done = done;
        this.total = total;
        this.said = surroundings.clock().instant();
    }

    void add(long more) {
        bytes += more;
        Instant now = surroundings.clock().instant();
        if (Duration.between(said, now).compareTo(RATE) >= 0) {
            said = now;
            surroundings
                    .log()
                    .accept(String.format(
                            Locale.ROOT, "%s %.1f of %.1f GiB", done, bytes / GIBIBYTE, total / GIBIBYTE));
        }
    }
}
