package dev.drover.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Files that are written from code and committed: a difference fails the build, {@code -Ddrover.generate=true} writes them anew. */
public final class GeneratedFiles {
    private GeneratedFiles() {}

    /** Fails unless the folder holds these texts, by file name; writes them first if that was asked for. */
    public static void check(Path folder, Map<String, String> wanted) {
        try {
            if (Boolean.getBoolean("drover.generate")) {
                write(folder, wanted);
            }
            for (Map.Entry<String, String> file : wanted.entrySet()) {
                Path path = folder.resolve(file.getKey());
                assertThat(path)
                        .as("(%s) is generated from code. Run 'make generate' and commit the result.", path)
                        .exists();
                assertThat(path)
                        .as(
                                "(%s) differs from the code that it is generated from. Run 'make generate' and commit the result.",
                                path)
                        .hasContent(file.getValue());
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static void write(Path folder, Map<String, String> wanted) throws IOException {
        Files.createDirectories(folder);
        for (Map.Entry<String, String> file : wanted.entrySet()) {
            Files.writeString(folder.resolve(file.getKey()), file.getValue());
        }
    }
}
