package dev.drover.bench;

import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * One file of a trace.
 *
 * @param folder the folder that it was in, without those above
 * @param place  what names it in an error
 */
public record TraceFile(String folder, String name, String place, byte[] content) {

    /** Its lines, which are parsed by {@link #number}. */
    public List<String> lines() {
        return new String(content, StandardCharsets.UTF_8).lines().toList();
    }

    /**
     * A number of this file.
     *
     * @param line counted from 1
     * @throws BadInstance when it is none, or outside 0 to {@code most}
     */
    public double number(int line, String text, double most) {
        double value;
        try {
            value = Double.parseDouble(text.strip());
        } catch (NumberFormatException e) {
            throw wrong(line, "the load must be a number (" + text + ")");
        }
        if (!(value >= 0 && value <= most)) {
            throw wrong(line, "the load must be from 0 to " + Math.round(most) + " percent (" + text.strip() + ")");
        }
        return value;
    }

    public BadInstance wrong(int line, String message) {
        return new BadInstance(place + ", line " + line + ": " + message + ".");
    }
}
