package dev.drover.bench.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.bench.ReadingTest;
import dev.drover.bench.fleet.Fleet.Member;
import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.provider.Arguments;

class FleetReaderTest extends ReadingTest<Fleet> {
    private static final String FLEET =
            "# nodes,3,cpu capacity,640,memory capacity,256\n# evacuate,0,2\nnode,cpu,memory,group\n0,89,13,\n1,44,12,5\n";

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
                        "negative", FLEET.replace(",44,", ",-1,"), "line 5: the CPU must be from 0 to 1000000 (-1)"),
                Arguments.of(
                        "a node that is not there",
                        FLEET.replace("\n1,44", "\n3,44"),
                        "line 5: the node must be from 0 to 2 (3)"),
                Arguments.of(
                        "cut off in a line", FLEET.substring(0, FLEET.length() - 6), "line 5: there must be 4 columns"),
                Arguments.of(
                        "cut off before the group", FLEET.substring(0, FLEET.length() - 3), "line 5: there must be 4"),
                Arguments.of(
                        "no virtual machine", FLEET.substring(0, FLEET.indexOf("0,89")), "line 3: no virtual machine"),
                Arguments.of(
                        "capacities in another order",
                        FLEET.replace("cpu cap", "memory cap"),
                        "column 3 must be cpu cap"),
                Arguments.of("a node to empty twice", FLEET.replace("0,2", "2,2"), "line 2: node (2) is there twice"),
                Arguments.of(
                        "more than a number holds", FLEET.replace(",89,", ",99999999999999999999,"), "line 4: the CPU"),
                Arguments.of(
                        "two of a group on one node",
                        FLEET.replace("0,89,13,", "1,89,13,5"),
                        "line 5: two of group (5) are on node (1)"),
                Arguments.of(
                        "more on a node than can be counted",
                        FLEET + "0,1000000,1,\n".repeat(1000),
                        "line 1005: with this one, node (0) holds more than 1000000000"));
    }

    @Override
    protected Fleet read(Path file) {
        return FleetReader.read(file);
    }
}
