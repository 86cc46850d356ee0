package dev.drover.bench.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drover.bench.BadInstance;
import dev.drover.bench.fleet.Fleet.Member;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class FleetReaderTest {
    private static final String FLEET =
            "# nodes,3,cpu capacity,640,memory capacity,256\n# evacuate,0,2\nnode,cpu,memory,group\n0,89,13,\n1,44,12,5\n";

    @TempDir
    private Path folder;

    @Test
    void nodes_members_and_what_is_to_be_emptied_are_read() throws IOException {
        Fleet fleet = read(FLEET);

        assertThat(fleet.nodes()).isEqualTo(3);
        assertThat(fleet.evacuated().stream()).containsExactly(0, 2);
        assertThat(fleet.members()).containsExactly(new Member(0, 89, 13, Fleet.ALONE), new Member(1, 44, 12, 5));
    }

    static Stream<Arguments> wrong() {
        return Stream.of(
                Arguments.of("empty", "", "line 0: the file ends here"),
                Arguments.of("another format", "a,b\n", "line 1: the line must begin with # nodes (a,b)"),
                Arguments.of(
                        "no node", FLEET.replace("nodes,3", "nodes,0"), "line 1: the number of nodes must be from 1"),
                Arguments.of("capacity 0", FLEET.replace(",640", ",0"), "line 1: the CPU capacity must be from 1"),
                Arguments.of("NaN", FLEET.replace(",89,", ",NaN,"), "line 4: the CPU must be an integer (NaN)"),
                Arguments.of(
                        "negative", FLEET.replace(",44,", ",-1,"), "line 5: the CPU must be from 0 to 1000000000 (-1)"),
                Arguments.of(
                        "a node that is not there",
                        FLEET.replace("\n1,44", "\n3,44"),
                        "line 5: the node must be from 0 to 2 (3)"),
                Arguments.of(
                        "cut off in a line", FLEET.substring(0, FLEET.length() - 6), "line 5: the memory is missing"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("wrong")
    void what_is_wrong_is_named_with_its_place(String what, String text, String message) {
        assertThatThrownBy(() -> read(text)).isInstanceOf(BadInstance.class).hasMessageContaining(message);
    }

    private Fleet read(String text) throws IOException {
        return FleetReader.read(Files.writeString(folder.resolve("fleet.csv"), text));
    }
}
