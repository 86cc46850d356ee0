package dev.drover.placement;

/**
 * How long to search. With the same seed and proposals the outcome is the same; {@code millis} only guards against a search that
 * takes too long, and an outcome that it cut short says so.
 */
public record Effort(long seed, long proposals, long millis) {
    public static final Effort DEFAULT = new Effort(1, 200_000, 2_000);
}
