package dev.drover.demo;

import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;

/** Tells one line an event, with the seconds since the beginning. Safe for threads. */
final class Narrator {

    private static final String BOLD = "1";
    private static final String GREEN = "32";
    private static final String RED = "31";
    private static final String DIM = "2";

    private final PrintStream out;
    private final InstantSource clock;
    private final boolean colour;
    private final Instant start;
    private int chapter;

    /** @param colour whether the reader's terminal shows colours */
    Narrator(PrintStream out, InstantSource clock, boolean colour) {
        this.out = out;
        this.clock = clock;
        this.colour = colour;
        this.start = clock.instant();
    }

    Instant now() {
        return clock.instant();
    }

    synchronized void chapter(String title) {
        chapter++;
        out.println();
        out.println(paint(BOLD, chapter + ". " + title));
    }

    void tell(String text) {
        line(text);
    }

    void good(String text) {
        line(paint(GREEN, text));
    }

    void bad(String text) {
        line(paint(RED, text));
    }

    /** A line without a time. */
    synchronized void plain(String text) {
        out.println(text);
    }

    void verdict(boolean held, String text) {
        plain("  " + (held ? paint(GREEN, "ok    ") : paint(RED, "FAILED")) + "  " + text);
    }

    /** How long ago, as it is told: {@code 3.1 s}. */
    String since(Instant from) {
        return String.format(Locale.ROOT, "%.1f s", seconds(Duration.between(from, now())));
    }

    private synchronized void line(String text) {
        String time = String.format(Locale.ROOT, "%6.1f s", seconds(Duration.between(start, now())));
        out.println(paint(DIM, time) + "  " + text);
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1000.0;
    }

    private String paint(String code, String text) {
        return colour ? "\u001b[%sm%s\u001b[0m".formatted(code, text) : text;
    }
}
