package dev.drover.bench;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What the tests of a reader have in common: a file with a mistake in it is refused, and the message names the place. The table is
 * the static method {@code wrong} of the test: what is wrong, the text of the file, a part of the message.
 */
public abstract class ReadingTest<T> {
    @TempDir
    private Path folder;

    /** Reads what is in a file of a format of its own. */
    protected abstract T read(Path file);

    protected final T read(String text) throws IOException {
        return read(file(text));
    }

    /** A file with this text, the only one of its folder. */
    protected final Path file(String text) throws IOException {
        return Files.writeString(folder.resolve("instance"), text);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("wrong")
    void what_is_wrong_is_named_with_its_place(String what, String text, String message) {
        assertThatThrownBy(() -> read(text)).isInstanceOf(BadInstance.class).hasMessageContaining(message);
    }
}
