package dev.drover.dump;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A place in a file, and how to say what is wrong there.
 *
 * @param file its name
 * @param path from the root: {@code nodes[2].allocatable}; empty for the root
 */
public record Place(String file, String path) {

    public static Place root(String file) {
        return new Place(file, "");
    }

    public Place in(String field) {
        return new Place(file, path.isEmpty() ? field : path + "." + field);
    }

    public Place in(int index) {
        return new Place(file, path + "[" + index + "]");
    }

    /** @param what continues the sentence that begins with the place */
    public BadFile wrong(String what) {
        return new BadFile(sentence(what));
    }

    public String sentence(String what) {
        return file + ": " + (path.isEmpty() ? "the file" : path) + " " + what + ".";
    }

    /** The value of a field that must be there. */
    public <T> T required(@Nullable T value, String field) {
        if (value == null || "".equals(value)) {
            throw in(field).wrong("is missing");
        }
        return value;
    }

    /** An instant that must be there. */
    public Instant instant(@Nullable String text, String field) {
        String written = required(text, field);
        try {
            return Instant.parse(written);
        } catch (DateTimeException malformed) {
            throw in(field).wrong("must be a time like 2026-01-31T12:00:00Z, and is (" + written + ")");
        }
    }

    /** Goes through a list with the place of each of its elements, none of which may be null. */
    public <T> void each(List<T> list, BiConsumer<T, Place> action) {
        for (int i = 0; i < list.size(); i++) {
            T element = list.get(i);
            if (element == null) {
                throw in(i).wrong("must not be null");
            }
            action.accept(element, in(i));
        }
    }
}
