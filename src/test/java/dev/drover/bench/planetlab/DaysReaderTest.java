package dev.drover.bench.planetlab;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.bench.ReadingTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.provider.Arguments;

class DaysReaderTest extends ReadingTest<List<Day>> {
    private static final String DAY = "7\n".repeat(287) + "100\n";

    @Test
    void machines_are_read_by_name() throws IOException {
        Path second = file(DAY);
        Files.writeString(second.resolveSibling("first"), "0\n".repeat(287) + "50\n");

        Day day = DaysReader.read(second.getParent()).getFirst();

        assertThat(day.name()).isEqualTo(second.getParent().getFileName().toString());
        assertThat(day.vms()).isEqualTo(2);
        assertThat(day.percent().getLast()).hasSize(288).startsWith(7).endsWith(100);
        assertThat(day.demand(0, 287)).isEqualTo(1250);
    }

    static Stream<Arguments> wrong() {
        return Stream.of(
                Arguments.of(
                        "empty", "", "instance must have a percentage for each of 288 steps, a line each (0 lines)"),
                Arguments.of("cut off", DAY.substring(0, 20), "(10 lines). Is it whole?"),
                Arguments.of("too long", DAY + "1\n", "(289 lines)"),
                Arguments.of(
                        "NaN",
                        DAY.replace("100", "NaN"),
                        "instance, line 288: the load must be from 0 to 100 percent (NaN)"),
                Arguments.of("a word", DAY.replace("100", "x"), "instance, line 288: the load must be a number (x)"),
                Arguments.of("above all", DAY.replace("100", "101"), "must be from 0 to 100 percent (101)"),
                Arguments.of("negative", DAY.replace("100", "-1"), "must be from 0 to 100 percent (-1)"),
                Arguments.of("a fraction", DAY.replace("100", "1.5"), "line 288: the load must be an integer (1.5)"));
    }

    @Override
    protected List<Day> read(Path file) {
        return DaysReader.read(file);
    }
}
