package dev.drover.bench.roadef;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drover.bench.BadInstance;
import dev.drover.placement.search.Progress;
import dev.drover.placement.search.SearchEffort;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class RoadefReaderTest {
    /** One resource, two machines, one service, two processes, no balance cost. */
    private static final String MODEL = "1\n0 10\n2\n0 0 9 5 0 1\n0 1 9 5 1 0\n1\n1 0\n2\n0 3 1\n0 2 1\n0\n1 10 100\n";

    private static final String ASSIGNMENT = "0 1\n";

    @TempDir
    private Path folder;

    @Test
    void both_files_are_read_packed_or_not() throws IOException {
        write(MODEL, ASSIGNMENT);
        RoadefInstance plain = RoadefReader.read(folder.resolve("x"));
        Files.delete(folder.resolve("model_x.txt"));
        try (OutputStream packed = new GZIPOutputStream(Files.newOutputStream(folder.resolve("model_x.txt.gz")))) {
            packed.write(MODEL.getBytes(java.nio.charset.StandardCharsets.US_ASCII));
        }
        RoadefInstance unpacked = RoadefReader.read(folder.resolve("x"));

        assertThat(plain.processes()).hasSize(2);
        assertThat(RoadefEvaluator.judge(unpacked, unpacked.assignment()))
                .isEqualTo(RoadefEvaluator.judge(plain, plain.assignment()))
                .isEqualTo(new RoadefEvaluator.Verdict(0, java.util.List.of()));
    }

    static Stream<Arguments> wrong() {
        return Stream.of(
                Arguments.of("cut off", MODEL.substring(0, 20), ASSIGNMENT, "ends at line 4"),
                Arguments.of(
                        "a word",
                        MODEL.replace("9 5 0 1", "9 five 0 1"),
                        ASSIGNMENT,
                        "line 4: a safety capacity of machine 0 must be an integer (five)"),
                process(
                        "a negative amount",
                        "0 -3 1",
                        "a requirement of process 0 must be an integer from 0 to 1000000000 (-3)"),
                process("NaN", "0 NaN 1", "a requirement of process 0 must be an integer (NaN)"),
                process(
                        "a larger number than any",
                        "0 99999999999999999999 1",
                        "a requirement of process 0 must be an integer from 0 to 1000000000 (99999999999999999999)"),
                process("an unknown service", "7 3 1", "the service of process 0 must be an integer from 0 to 0 (7)"),
                Arguments.of(
                        "too much",
                        MODEL + "5\n",
                        ASSIGNMENT,
                        "line 13: the instance is complete, but more follows (5)"),
                Arguments.of("empty", "", ASSIGNMENT, "ends at line 1 where the number of resources is expected"),
                Arguments.of("an assignment cut off", MODEL, "0", "ends at line 1 where the machine of process 1"),
                Arguments.of(
                        "no process",
                        MODEL.replace("2\n0 3 1", "0\n0 3 1"),
                        ASSIGNMENT,
                        "line 8: the number of processes must be an integer from 1"),
                Arguments.of(
                        "more on a machine than can be counted",
                        MODEL.replace("0 3 1", "0 600000000 1").replace("0 2 1", "0 600000000 1"),
                        "1 1\n",
                        "line 1: with process 1, machine 1 has to give more than 1000000000 of resource 0"),
                Arguments.of(
                        "costs that cannot be counted",
                        MODEL.replace("0 9 5 0 1", "0 9 5 0 30000000"),
                        ASSIGNMENT,
                        "line 13: these weights make a cost that is too large"),
                Arguments.of(
                        "no machine",
                        MODEL,
                        "0 2\n",
                        "line 1: the machine of process 1 must be an integer from 0 to 1 (2)"));
    }

    /** The line of the first process is this one instead. */
    private static Arguments process(String what, String line, String message) {
        return Arguments.of(what, MODEL.replace("0 3 1", line), ASSIGNMENT, "line 9: " + message);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("wrong")
    void what_is_wrong_is_named_with_its_place(String what, String model, String assignment, String message)
            throws IOException {
        write(model, assignment);

        assertThatThrownBy(() -> RoadefReader.read(folder.resolve("x")))
                .isInstanceOf(BadInstance.class)
                .hasMessageContaining(message);
    }

    @Test
    void an_assignment_that_breaks_a_rule_of_its_model_is_refused() throws IOException {
        write(MODEL, "0 0\n");

        assertThatThrownBy(() -> RoadefBench.run(
                        folder.resolve("x"),
                        new SearchEffort(1, 1, 0, 1),
                        InstantSource.fixed(Instant.EPOCH),
                        Progress.UNWATCHED))
                .isInstanceOf(BadInstance.class)
                .hasMessageContaining("not allowed, because two processes of service 0 are on machine 0");
    }

    @Test
    void a_file_that_is_not_there_is_named() {
        assertThatThrownBy(() -> RoadefReader.read(folder.resolve("nothing")))
                .isInstanceOf(BadInstance.class)
                .hasMessageContaining("model_nothing.txt")
                .hasMessageContaining("--instance");
    }

    private void write(String model, String assignment) throws IOException {
        Files.writeString(folder.resolve("model_x.txt"), model);
        Files.writeString(folder.resolve("assignment_x.txt"), assignment);
    }
}
