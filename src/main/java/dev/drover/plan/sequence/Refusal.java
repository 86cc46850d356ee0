package dev.drover.plan.sequence;

/** A move that is left out, and why. */
public record Refusal(int move, Cause cause, int node) {
    /** What stands in the way. */
    public enum Cause {
        /** Its guest writes about as fast as memory can be copied. */
        WRITES_TOO_FAST,
        /** It follows a move that is left out, or one that follows it. */
        FOLLOWS_WHAT_IS_LEFT_OUT,
        /** What would have to leave its target first waits for room too, and no third node can take one of them meanwhile. */
        NO_ROOM
    }

    /** One sentence for people, with the numbers of the move and of its target. */
    public String explanation() {
        return switch (cause) {
            case WRITES_TOO_FAST ->
                "Move (%d) is left out: its guest writes memory about as fast as it can be copied.".formatted(move);
            case FOLLOWS_WHAT_IS_LEFT_OUT ->
                "Move (%d) is left out: it is to follow a move that is left out, or that is to follow it."
                        .formatted(move);
            case NO_ROOM ->
                ("Move (%d) is left out: its target (%d) has no room before others leave it, these wait for room too, and no third"
                                + " node can take one of them meanwhile.")
                        .formatted(move, node);
        };
    }
}
