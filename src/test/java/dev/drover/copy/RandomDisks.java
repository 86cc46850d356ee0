package dev.drover.copy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/** Disks with random content, and whether two are equal, by other means than those that copied them. */
final class RandomDisks {
    private static final int MEBIBYTE = 1 << 20;
    private static final List<String> MODES = List.of("rw-------", "rw-rw----", "r--r--r--", "rwxr-x---");

    private final Random random;

    RandomDisks(long seed) {
        this.random = new Random(seed);
    }

    /** Folders with files of all sizes, some empty, some with holes, down to three levels. */
    Path folder(Path path) throws IOException {
        Files.createDirectories(path);
        fill(path, 3);
        return path;
    }

    private void fill(Path folder, int depth) throws IOException {
        for (int i = random.nextInt(5); i >= 0; i--) {
            Path entry = folder.resolve("e" + i + (random.nextBoolean() ? " y" : "-x"));
            if (depth > 0 && random.nextInt(4) == 0) {
                Files.createDirectories(entry);
                fill(entry, depth - 1);
            } else {
                file(entry, random.nextInt(4) == 0 ? 0 : random.nextInt(3 * MEBIBYTE));
            }
            age(entry);
        }
    }

    private void age(Path entry) throws IOException {
        Files.setPosixFilePermissions(
                entry,
                PosixFilePermissions.fromString(
                        Files.isDirectory(entry) ? "rwxr-x---" : MODES.get(random.nextInt(MODES.size()))));
        Files.setLastModifiedTime(entry, FileTime.fromMillis(random.nextLong(1_700_000_000_000L)));
    }

    /** A file with random bytes here and there; the rest is holes, also at its end. */
    void file(Path path, long size) throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
            file.setLength(size);
            for (int i = random.nextInt(4); i > 0 && size > 0; i--) {
                byte[] bytes = new byte[(int) Math.min(size, 1 + random.nextInt(200_000))];
                random.nextBytes(bytes);
                file.seek(random.nextLong(size - bytes.length + 1));
                file.write(bytes);
            }
        }
    }

    /** A file without a hole. */
    void full(Path path, int size) throws IOException {
        byte[] bytes = new byte[size];
        random.nextBytes(bytes);
        Files.write(path, bytes);
    }

    /** Names, kinds, sizes, contents, permissions and times are the same below both; what a file system makes for itself does not count. */
    static void assertEqualFolders(Path expected, Path actual) throws IOException {
        assertThat(names(actual)).isEqualTo(names(expected));
        for (String name : names(expected)) {
            Path one = expected.resolve(name);
            Path other = actual.resolve(name);
            assertThat(Files.isDirectory(other, LinkOption.NOFOLLOW_LINKS))
                    .as(name)
                    .isEqualTo(Files.isDirectory(one));
            assertThat(Files.getPosixFilePermissions(other)).as(name).isEqualTo(Files.getPosixFilePermissions(one));
            assertThat(Files.getLastModifiedTime(other)).as(name).isEqualTo(Files.getLastModifiedTime(one));
            if (!Files.isDirectory(one)) {
                assertThat(Files.mismatch(one, other)).as(name).isEqualTo(-1);
            }
        }
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> walk = Files.walk(folder)) {
            return walk.map(path -> folder.relativize(path).toString())
                    .filter(name -> !name.isEmpty() && !name.startsWith("lost+found"))
                    .sorted()
                    .toList();
        }
    }

    /** The device holds the bytes of the first file and zeros from there on. */
    static void assertEqualDevice(Path expected, Path actual) throws IOException {
        long size = Files.size(expected);
        byte[] bytes = Files.readAllBytes(actual);
        assertThat(bytes).startsWith(Files.readAllBytes(expected));
        for (int i = (int) size; i < bytes.length; i++) {
            if (bytes[i] != 0) {
                throw new AssertionError("something old at byte " + i);
            }
        }
    }
}
