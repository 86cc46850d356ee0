package dev.drover.bench.planetlab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drover.bench.BadInstance;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class DaysReaderTest {
    private static final String DAY = "7\n".repeat(287) + "100\n";

    @TempDir
    private Path folder;

    @Test
    void machines_are_read_by_name() throws IOException {
        Files.writeString(folder.resolve("b"), "0\n".repeat(288));

        Day day = read(DAY).getFirst();

        assertThat(day.name()).isEqualTo(folder.getFileName().toString());
        assertThat(day.vms()).isEqualTo(2);
        assertThat(day.percent().getFirst()).hasSize(288).startsWith(7).endsWith(100);
        assertThat(day.demand(0, 287)).isEqualTo(2500);
    }

    static Stream<Arguments> wrong() {
        return Stream.of(
                Arguments.of("empty", "", "a must have a percentage for each of 288 steps, a line each (0 lines)"),
                Arguments.of("cut off", DAY.substring(0, 20), "(10 lines). Is it whole?"),
                Arguments.of("too long", DAY + "1\n", "(289 lines)"),
                Arguments.of(
                        "NaN", DAY.replace("100", "NaN"), "a, line 288: the load must be from 0 to 100 percent (NaN)"),
                Arguments.of("a word", DAY.replace("100", "x"), "a, line 288: the load must be a number (x)"),
                Arguments.of("above all", DAY.replace("100", "101"), "must be from 0 to 100 percent (101)"),
                Arguments.of("negative", DAY.replace("100", "-1"), "must be from 0 to 100 percent (-1)"),
                Arguments.of("a fraction", DAY.replace("100", "1.5"), "line 288: the load must be an integer (1.5)"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("wrong")
    void what_is_wrong_is_named_with_its_place(String what, String text, String message) {
        assertThatThrownBy(() -> read(text)).isInstanceOf(BadInstance.class).hasMessageContaining(message);
    }

    private java.util.List<Day> read(String text) throws IOException {
        Files.writeString(folder.resolve("a"), text);
        return DaysReader.read(folder);
    }
}
