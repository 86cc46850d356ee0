package dev.drover.bench.start;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.bench.ReadingTest;
import dev.drover.bench.start.Arrivals.Vm;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.provider.Arguments;

class ArrivalsReaderTest extends ReadingTest<Arrivals> {
    private static final String ARRIVALS =
            "# nodes,25,cpu capacity,640,memory capacity,256\ncpu,memory,spread,colocate,zone\n32,16,1,,\n64,24,,,7\n";

    @Test
    void nodes_and_virtual_machines_are_read() throws IOException {
        Arrivals arrivals = ArrivalsReader.read(file(ARRIVALS));

        assertThat(arrivals.nodes()).isEqualTo(25);
        assertThat(arrivals.vms()).containsExactly(new Vm(32, 16, 1, -1, -1), new Vm(64, 24, -1, -1, 7));
    }

    @Test
    void without_virtual_machines_there_is_nothing_to_place_and_all_is_well() throws IOException {
        Path none = file(ARRIVALS.substring(0, ARRIVALS.indexOf("32,")));

        var report = StartBench.place(none, false, InstantSource.fixed(Instant.EPOCH));

        assertThat(report.isValid()).isTrue();
        assertThat(report.figures()).containsEntry("placed", 0);
    }

    @Test
    void it_ends_at_the_first_that_finds_no_node_and_leaves_out_what_contradicts_itself() throws IOException {
        Path file = file(ARRIVALS.replace("64,24,,,7", "1,1,,5,1\n1,1,,5,2\n641,1,,,\n1,1,,,"));

        var report = StartBench.place(file, false, InstantSource.fixed(Instant.EPOCH));

        assertThat(report.figures())
                .containsEntry("placed", 1)
                .containsEntry("contradictory", 2)
                .containsEntry("valid", true);
    }

    static Stream<Arguments> wrong() {
        return Stream.of(
                Arguments.of("empty", "", "line 0: the file ends here"),
                Arguments.of("another format", "a,b\n", "line 1: the line must begin with # nodes (a,b)"),
                Arguments.of("capacity 0", ARRIVALS.replace(",640", ",0"), "line 1: the CPU capacity must be from 1"),
                Arguments.of("NaN", ARRIVALS.replace("32,16", "NaN,16"), "line 3: the CPU must be an integer (NaN)"),
                Arguments.of("a zone too many", ARRIVALS.replace(",7", ",20"), "line 4: the zone must be from 0 to 19"),
                Arguments.of(
                        "cut off",
                        ARRIVALS.substring(0, ARRIVALS.length() - 4),
                        "line 4: there must be 5 columns, of which some may be empty (3)"),
                Arguments.of(
                        "more than any node has",
                        ARRIVALS.replace("32,16", "1000001,16"),
                        "line 3: the CPU must be from 0 to"),
                Arguments.of("one column more", ARRIVALS.replace(",7", ",7,"), "line 4: there must be 5 columns"));
    }

    @Override
    protected Arrivals read(Path file) {
        return ArrivalsReader.read(file);
    }
}
