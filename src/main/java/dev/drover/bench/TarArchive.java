package dev.drover.bench;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The plain files of a tar archive as POSIX describes it (ustar): headers and contents in blocks of 512 bytes. */
final class TarArchive {
    private static final int MOST_BYTES = 128 << 20;

    private static final int BLOCK = 512;
    private static final int NAME = 0;
    private static final int SIZE = 124;
    private static final int SUM = 148;
    private static final int TYPE = 156;
    private static final int PREFIX = 345;

    private final Path path;
    private final byte[] bytes;

    TarArchive(Path path) {
        this.path = path;
        bytes = InstanceFile.read(path, MOST_BYTES);
    }

    List<TraceFile> files() {
        List<TraceFile> files = new ArrayList<>();
        int at = 0;
        while (at + BLOCK <= bytes.length && bytes[at] != 0) {
            check(at);
            int content = at + BLOCK;
            long end = content + octal(at + SIZE, 12);
            if (end > bytes.length) {
                throw wrong(at, "ends within the file " + name(at) + ". Is the archive whole?");
            }
            if (bytes[at + TYPE] == '0' || bytes[at + TYPE] == 0) {
                files.add(file(name(at), Arrays.copyOfRange(bytes, content, (int) end)));
            }
            at = content + Math.ceilDiv((int) end - content, BLOCK) * BLOCK;
        }
        if (at >= bytes.length) {
            throw wrong(at, "ends without the empty block that ends an archive. Is it whole?");
        }
        return files;
    }

    private TraceFile file(String name, byte[] content) {
        String[] parts = name.split("/");
        String folder =
                parts.length > 1 ? parts[parts.length - 2] : path.getFileName().toString();
        return new TraceFile(folder, parts[parts.length - 1], path + "!" + name, content);
    }

    private String name(int at) {
        String prefix = text(at + PREFIX, 155);
        String name = text(at + NAME, 100);
        return prefix.isEmpty() ? name : prefix + "/" + name;
    }

    private String text(int at, int most) {
        int end = at;
        while (end < at + most && bytes[end] != 0) {
            end++;
        }
        return new String(bytes, at, end - at, StandardCharsets.UTF_8);
    }

    private long octal(int at, int most) {
        String digits = text(at, most).strip();
        if (!digits.matches("[0-7]{1,11}")) {
            throw wrong(at, "has no octal number (" + digits + ") where one must be. Is it a tar archive?");
        }
        return Long.parseLong(digits, 8);
    }

    /** The sum of the header's bytes, those of the sum itself counted as blanks. */
    private void check(int at) {
        int sum = 0;
        for (int i = 0; i < BLOCK; i++) {
            sum += i >= SUM && i < SUM + 8 ? ' ' : bytes[at + i] & 0xff;
        }
        if (sum != octal(at + SUM, 8)) {
            throw wrong(at, "has a header that is damaged. Is it a tar archive?");
        }
    }

    private BadInstance wrong(int at, String what) {
        return new BadInstance(path + ", byte " + at + ": the archive " + what);
    }
}
