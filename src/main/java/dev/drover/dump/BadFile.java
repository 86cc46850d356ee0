package dev.drover.dump;

/** A file does not hold what it should; the message names the place in it and says what is wrong. */
public final class BadFile extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public BadFile(String message) {
        super(message);
    }
}
