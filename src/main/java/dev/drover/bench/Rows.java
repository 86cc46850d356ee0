package dev.drover.bench;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** The lines of a table of integers, their columns separated by commas. Every error names the line and the column. */
public final class Rows {
    /** The tables of 5,000 nodes have 1 MiB. */
    private static final int MOST_BYTES = 16 << 20;

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
        byte[] text = InstanceFile.read(found, MOST_BYTES);
        return new Rows(found, new String(text, StandardCharsets.UTF_8).lines().toList());
    }

    /** @return whether there is another line, which is the present one then */
    public boolean next() {
        if (line == lines.size()) {
            return false;
        }
        columns = lines.get(line++).split(",", -1);
        return true;
    }

    /** The next line, which must be there and begin with these columns. */
    public void need(String... first) {
        if (!next()) {
            throw wrong("the file ends here. Is it whole?");
        }
        for (int column = 0; column < first.length; column++) {
            if (column >= columns.length || !columns[column].equals(first[column])) {
                throw wrong(
                        "the line must begin with " + String.join(",", first) + " (" + String.join(",", columns) + ")");
            }
        }
    }

    /** The present line must have this name in this column. */
    public void needNamed(int column, String name) {
        if (!columns[column].equals(name)) {
            throw wrong("column " + (column + 1) + " must be " + name + " (" + columns[column] + ")");
        }
    }

    /** The present line must have so many columns: a table that was cut off is not to be taken for a whole one. */
    public void needColumns(int count) {
        if (columns.length != count) {
            throw wrong("there must be " + count + " columns, of which some may be empty (" + columns.length + ")");
        }
    }

    public int columns() {
        return columns.length;
    }

    /** @return whether the next line has this first column; it is the present one then */
    public boolean nextIf(String first) {
        return line < lines.size() && lines.get(line).split(",", -1)[0].equals(first) && next();
    }

    public boolean isBlank(int column) {
        return columns[column].isBlank();
    }

    /** @throws BadInstance when the column holds no integer or one outside {@code least} to {@code most} */
    public int integer(int column, String what, int least, int most) {
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
