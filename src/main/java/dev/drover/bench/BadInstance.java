package dev.drover.bench;

/** A file does not hold what it should; the message names the place in it and says what is wrong. */
public final class BadInstance extends RuntimeException {
    public BadInstance(String message) {
        super(message);
    }
}
