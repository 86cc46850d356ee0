package dev.drover.bench.sequence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.bench.ReadingTest;
import dev.drover.plan.sequence.SequenceProblem;
import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.provider.Arguments;

class SequenceReaderTest extends ReadingTest<SequenceProblem> {
    private static final String MOVES =
            "# nodes,3,cpu capacity,640,memory capacity,256\nnode,memory,dirtyMBps,target\n0,89,13,2\n1,44,12,\n";

    @Test
    void nodes_and_moves_are_read_and_what_stays_holds_its_memory() throws IOException {
        SequenceProblem problem = read(MOVES);

        assertThat(problem.space().nodes()).isEqualTo(3);
        assertThat(problem.space().capacity()).containsOnly(256);
        assertThat(problem.space().held()).containsExactly(89, 44, 0);
        assertThat(problem.moves().source()).containsExactly(0);
        assertThat(problem.moves().target()).containsExactly(2);
        assertThat(problem.moves().amounts()).containsExactly(89);
        assertThat(problem.moves().bytes()).containsExactly(89.0 * (1 << 30));
        assertThat(problem.moves().dirtyRate()).containsExactly(13e6);
    }

    static Stream<Arguments> wrong() {
        return Stream.of(
                Arguments.of("empty", "", "line 0: the file ends here"),
                Arguments.of("another format", "a,b\n", "line 1: the line must begin with # nodes (a,b)"),
                Arguments.of(
                        "cut off after the first line",
                        MOVES.substring(0, 30),
                        "line 1: there must be 6 columns, of which some may be empty (5)"),
                Arguments.of(
                        "a fleet",
                        MOVES.replace("dirtyMBps", "cpu"),
                        "line 2: the line must begin with node,memory,dirty"),
                Arguments.of(
                        "no node", MOVES.replace("nodes,3", "nodes,0"), "line 1: the number of nodes must be from 1"),
                Arguments.of("capacity 0", MOVES.replace(",256", ",0"), "line 1: the memory capacity must be from 1"),
                Arguments.of("NaN", MOVES.replace(",89,", ",NaN,"), "line 3: the memory must be an integer (NaN)"),
                Arguments.of(
                        "negative", MOVES.replace(",12,", ",-1,"), "line 4: what is written a second must be from 0"),
                Arguments.of("no memory", MOVES.replace(",89,", ",0,"), "line 3: the memory must be from 1"),
                Arguments.of(
                        "a target that is not there",
                        MOVES.replace(",2\n", ",3\n"),
                        "line 3: the target must be from 0 to 2 (3)"),
                Arguments.of(
                        "itself as target",
                        MOVES.replace(",2\n", ",0\n"),
                        "line 3: the target is the node where it is (0)"),
                Arguments.of(
                        "more than there is",
                        MOVES.replace("0,89", "1,213"),
                        "line 4: with this one, node (1) holds 257 of 256 GiB before the first move"),
                Arguments.of(
                        "more than there will be",
                        MOVES.replace("0,89,13,2", "0,213,13,1"),
                        "line 4: with this one, node (1) holds 257 of 256 GiB after the last move"),
                Arguments.of(
                        "cut off in a line",
                        MOVES.substring(0, MOVES.length() - 5),
                        "line 4: there must be 4 columns, of which some may be empty (2)"),
                Arguments.of(
                        "cut off before the target",
                        MOVES.substring(0, MOVES.length() - 2),
                        "line 4: there must be 4 columns, of which some may be empty (3)"));
    }

    @Override
    protected SequenceProblem read(Path file) {
        return SequenceReader.read(file, Setting.B.limits());
    }
}
