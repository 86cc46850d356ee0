package dev.drover.bench;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** The lines of a table of integers, their columns separated by commas. Every error names the line and the column. */
public final class Rows {
    private final Path path;
    private final List<String> lines;
    private int line;
    private String[] columns = {};

    private Rows(Path path, List<String> lines) {
        this.path = path;
        this.lines = lines;
    }

    public static Rows of(Path path) {
        Path found = InstanceFile.find(path);
        return new Rows(
                found,
                new String(InstanceFile.read(found), StandardCharsets.UTF_8)
                        .lines()
                        .toList());
    }

    /** @return whether there is another line, which is the present one then */
    public boolean next() {
        if (line == lines.size()) {
            return false;
        }
        columns = lines.get(line++).split(",", -1);
        return true;
    }

    /** The present line must begin with these columns. */
    public void expect(String... first) {
        for (int i = 0; i < first.length; i++) {
            if (i >= columns.length || !columns[i].equals(first[i])) {
                throw wrong(
                        "the line must begin with " + String.join(",", first) + " (" + String.join(",", columns) + ")");
            }
        }
    }

    public int columns() {
        return columns.length;
    }

    public boolean startsWith(String first) {
        return columns[0].equals(first);
    }

    public boolean isBlank(int column) {
        return column >= columns.length || columns[column].isBlank();
    }

    /** @throws BadInstance when the column is missing, no integer, or outside {@code least} to {@code most} */
    public int integer(int column, String what, int least, int most) {
        if (column >= columns.length) {
            throw wrong(what + " is missing: the line has " + columns.length + " columns");
        }
        long value;
        try {
            value = Long.parseLong(columns[column].strip());
        } catch (NumberFormatException e) {
            throw wrong(what + " must be an integer (" + columns[column] + ")");
        }
        if (value < least || value > most) {
            throw wrong(what + " must be from " + least + " to " + most + " (" + value + ")");
        }
        return (int) value;
    }

    public BadInstance wrong(String message) {
        return new BadInstance(path + ", line " + line + ": " + message + ".");
    }
}
