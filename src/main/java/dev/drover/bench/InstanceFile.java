package dev.drover.bench;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;

/** Opens a file of an instance, packed by gzip or not. */
public final class InstanceFile {
    private InstanceFile() {}

    /**
     * The file itself or the one of that name with {@code .gz}.
     *
     * @throws BadInstance when there is neither
     */
    public static Path find(Path path) {
        Path packed = path.resolveSibling(path.getFileName() + ".gz");
        if (Files.isRegularFile(path)) {
            return path;
        }
        if (Files.isRegularFile(packed)) {
            return packed;
        }
        throw new BadInstance(
                "there is no file (" + path + ") nor (" + packed.getFileName() + ") beside it. Check --instance.");
    }

    /**
     * The bytes of the file; those of a packed one unpacked.
     *
     * @param most bytes that it may have, so that a file of another kind does not fill the memory
     */
    public static byte[] read(Path path, int most) {
        try (InputStream file = new BufferedInputStream(Files.newInputStream(path));
                InputStream plain = path.toString().endsWith(".gz") ? new GZIPInputStream(file, 1 << 16) : file) {
            byte[] bytes = plain.readNBytes(most);
            if (plain.read() >= 0) {
                throw new BadInstance(path + " is larger than " + (most >> 20) + " MiB. Is it the right file?");
            }
            return bytes;
        } catch (IOException e) {
            throw new BadInstance(path + " can't be read (" + e.getMessage() + "). Is it whole?");
        }
    }
}
