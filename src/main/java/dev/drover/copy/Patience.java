package dev.drover.copy;

import java.time.Duration;

/**
 * How long a side waits before it gives up.
 *
 * @param sender until a sender has proven its identity to the receiver
 * @param receiver until a sender has reached its receiver, trying again and again
 * @param greeting until the other side of one connection has proven its identity
 * @param idle for the next sign of life on a connection
 */
public record Patience(Duration sender, Duration receiver, Duration greeting, Duration idle) {

    public static final Patience DEFAULT =
            new Patience(Duration.ofHours(1), Duration.ofSeconds(60), Duration.ofSeconds(10), Duration.ofSeconds(60));

    /** The same with another time to wait for the sender. */
    public Patience withSender(Duration wait) {
        return new Patience(wait, receiver, greeting, idle);
    }
}
