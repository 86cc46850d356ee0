package dev.drover.observe;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import org.jspecify.annotations.Nullable;

/**
 * The order to relocate one virtual machine, as a person wrote it.
 *
 * @param time what was started before it is to be relocated; null without an order
 * @param node where to; empty for the best one
 * @param mistake what is wrong with it; empty when nothing is
 */
public record RelocationOrder(@Nullable Instant time, String node, String mistake) {
    /** The annotation of a virtual machine that it is written as. */
    public static final String ANNOTATION = "drover.dev/relocate";

    public static final RelocationOrder NONE = new RelocationOrder(null, "", "");

    public static RelocationOrder of(String written) {
        if (written.isBlank()) {
            return NONE;
        }
        String[] words = written.strip().split("\\s+", -1);
        try {
            if (words.length <= 2) {
                return new RelocationOrder(Instant.parse(words[0]), words.length == 2 ? words[1] : "", "");
            }
        } catch (DateTimeParseException malformed) {
            // Said below.
        }
        return new RelocationOrder(
                null,
                "",
                "The annotation %s (%s) is no order. Write a time in RFC 3339, and where you want it a space and the name of a node, for example 2026-01-31T12:00:00Z node-2."
                        .formatted(ANNOTATION, written));
    }
}
