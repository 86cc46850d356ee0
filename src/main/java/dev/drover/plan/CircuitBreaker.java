package dev.drover.plan;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;

/**
 * Stops a policy's moves when too many of its last ones failed (P10): something is wrong that more migrations will not mend.
 *
 * @param window how many of the last outcomes count, 1 or more
 * @param least below this many failures it never opens
 * @param share of failures among the window above which it opens, 0-1
 */
public record CircuitBreaker(int window, int least, double share) {
    public static final CircuitBreaker DEFAULT = new CircuitBreaker(10, 4, 0.5);

    /** @param failed ended otherwise than well, and nobody cancelled it */
    public record Result(Instant ended, boolean failed) {}

    /** @param resetAt outcomes before do not count: when a person last reset it, or {@link Instant#EPOCH} */
    public boolean open(List<Result> results, Instant resetAt) {
        List<Result> last = results.stream()
                .filter(result -> result.ended().isAfter(resetAt))
                .sorted(Comparator.comparing(Result::ended).reversed())
                .limit(window)
                .toList();
        long failures = last.stream().filter(Result::failed).count();
        return failures >= least && failures > share * last.size();
    }
}
