package dev.drover.bench;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** The integers of a file, separated by white space, one after the other. Every error names the place in the file. */
public final class Numbers {
    private static final int MOST_BYTES = 160 << 20;

    private final Path path;
    private final byte[] text;
    private int at;
    private int line = 1;

    private Numbers(Path path, byte[] text) {
        this.path = path;
        this.text = text;
    }

    public static Numbers of(Path path) {
        return new Numbers(path, InstanceFile.read(path, MOST_BYTES));
    }

    /**
     * The next integer.
     *
     * @param what names it in an error
     * @throws BadInstance when it is missing, no integer, or outside {@code least} to {@code most}
     */
    public int next(String what, int least, int most) {
        skipSpace();
        if (at == text.length) {
            throw new BadInstance(
                    path + " ends at line " + line + " where " + what + " is expected. Is the file whole?");
        }
        int start = at;
        boolean negative = text[at] == '-';
        at += negative ? 1 : 0;
        long value = 0;
        int digits = 0;
        for (; at < text.length && text[at] >= '0' && text[at] <= '9'; at++, digits++) {
            value = Math.min(value * 10 + text[at] - '0', Integer.MAX_VALUE + 1L);
        }
        if (digits == 0 || at < text.length && !isSpace(text[at])) {
            throw wrong(what, start, "an integer");
        }
        value = negative ? -value : value;
        if (value < least || value > most) {
            throw wrong(what, start, "an integer from " + least + " to " + most);
        }
        return (int) value;
    }

    /** Checks that nothing follows. */
    public void end() {
        skipSpace();
        if (at < text.length) {
            throw new BadInstance(path + ", line " + line + ": the instance is complete, but more follows (" + word(at)
                    + "). Are the counts before it right?");
        }
    }

    /** What is wrong with what was read last. */
    public BadInstance wrong(String message) {
        return new BadInstance(path + ", line " + line + ": " + message + ".");
    }

    private BadInstance wrong(String what, int start, String expected) {
        return wrong(what + " must be " + expected + " (" + word(start) + ")");
    }

    private String word(int start) {
        int end = start;
        while (end < text.length && !isSpace(text[end]) && end < start + 20) {
            end++;
        }
        return new String(text, start, end - start, StandardCharsets.UTF_8);
    }

    private void skipSpace() {
        for (; at < text.length && isSpace(text[at]); at++) {
            if (text[at] == '\n') {
                line++;
            }
        }
    }

    private static boolean isSpace(byte b) {
        return b == ' ' || b == '\n' || b == '\r' || b == '\t';
    }
}
