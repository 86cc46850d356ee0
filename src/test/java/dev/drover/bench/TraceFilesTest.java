package dev.drover.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TraceFilesTest {
    @TempDir
    private Path folder;

    @Test
    void folders_and_archives_hold_the_same_sorted_by_name() throws IOException {
        Files.createDirectories(folder.resolve("days/monday"));
        Files.writeString(folder.resolve("days/monday/b"), "2\n");
        Files.writeString(folder.resolve("days/monday/a"), "1\n");
        byte[] tar = tar("./monday/", "monday/b", "2\n", "monday/a", "1\n");

        assertThat(names(folder.resolve("days"))).isEqualTo(Map.of("monday", List.of("a=1\n", "b=2\n")));
        assertThat(names(folder.resolve("days/monday"))).isEqualTo(Map.of("monday", List.of("a=1\n", "b=2\n")));
        assertThat(names(write("days.tar", tar))).isEqualTo(Map.of("monday", List.of("a=1\n", "b=2\n")));
        assertThat(names(write("days.tar.gz", packed(tar)))).isEqualTo(Map.of("monday", List.of("a=1\n", "b=2\n")));
    }

    @Test
    void an_archive_that_is_cut_off_or_damaged_is_refused_with_the_place() throws IOException {
        byte[] tar = tar("monday/", "monday/a", "1\n");
        byte[] damaged = tar.clone();
        damaged[600]++;

        refused(write("cut.tar", Arrays.copyOf(tar, 1025)), "byte 512: the archive ends within the file monday/a");
        refused(write("open.tar", Arrays.copyOf(tar, 1536)), "byte 1536: the archive ends without the empty block");
        refused(write("damaged.tar", damaged), "byte 512: the archive has a header that is damaged");
        refused(write("text.tar", "x".repeat(2048).getBytes(StandardCharsets.UTF_8)), "has no octal number (xxxxxxxx)");
        refused(write("cut.tar.gz", Arrays.copyOf(packed(tar), 40)), "can't be read");
        refused(write("empty.tar", new byte[1024]), "holds no file");
        refused(
                write("twice.tar", tar("monday/", "monday/a", "1\n", "./monday/a", "2\n")),
                "has the name of another file");
        refused(folder.resolve("nothing"), "there is no file or folder");
    }

    private static void refused(Path path, String message) {
        assertThatThrownBy(() -> TraceFiles.read(path))
                .isInstanceOf(BadInstance.class)
                .hasMessageContaining(message);
    }

    private static Map<String, List<String>> names(Path path) {
        Map<String, List<String>> names = new TreeMap<>();
        TraceFiles.read(path)
                .forEach((folder, files) -> names.put(
                        folder,
                        files.stream()
                                .map(file -> file.name() + "=" + new String(file.content(), StandardCharsets.UTF_8))
                                .toList()));
        return names;
    }

    private Path write(String name, byte[] bytes) throws IOException {
        return Files.write(folder.resolve(name), bytes);
    }

    private static byte[] packed(byte[] bytes) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(bytes);
        }
        return out.toByteArray();
    }

    /** A folder, and then names and contents in turn. */
    private static byte[] tar(String directory, String... files) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(header(directory, 0, '5'));
        for (int i = 0; i < files.length; i += 2) {
            byte[] content = files[i + 1].getBytes(StandardCharsets.UTF_8);
            out.write(header(files[i], content.length, '0'));
            out.write(Arrays.copyOf(content, 512));
        }
        out.write(new byte[1024]);
        return out.toByteArray();
    }

    private static byte[] header(String name, int size, char type) {
        byte[] header = new byte[512];
        put(header, 0, name);
        put(header, 124, String.format(Locale.ROOT, "%011o", size));
        put(header, 148, "        ");
        header[156] = (byte) type;
        put(header, 257, "ustar");
        int sum = 0;
        for (byte b : header) {
            sum += b;
        }
        put(header, 148, String.format(Locale.ROOT, "%06o", sum));
        header[154] = 0;
        return header;
    }

    private static void put(byte[] header, int at, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        System.arraycopy(bytes, 0, header, at, bytes.length);
    }
}
