package dev.drover.plan.sequence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drover.plan.sequence.SequenceProblem.Limits;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class SequenceProblemTest {

    @Test
    void a_move_takes_its_bytes_by_what_the_guest_leaves_of_the_bandwidth() {
        SequenceProblem problem = Scene.ofNodes(2)
                .move(0, 1, 3)
                .move(0, 1, 3)
                .writes(0.5)
                .move(0, 1, 3)
                .writes(0.9)
                .problem();

        assertThat(problem.leastSeconds(0)).isEqualTo(3);
        assertThat(problem.leastSeconds(1)).isEqualTo(6);
        assertThat(problem.leastSeconds(2)).isInfinite();
    }

    static Stream<Arguments> wrong() {
        return Stream.of(
                Arguments.of(scene().move(0, 2, 1), "the target of move (1) is (2) of (2)"),
                Arguments.of(scene().move(1, 1, 1), "move (1) ends where it begins"),
                Arguments.of(scene().move(1, 0, 0), "move (1) copies (0.0) bytes"),
                Arguments.of(scene().move(1, 0, -1), "move (1) copies (-1.0) bytes"),
                Arguments.of(scene().writes(Double.NaN), "the guest of move (0) writes (NaN) bytes a second"),
                Arguments.of(scene().writes(-1), "the guest of move (0) writes (-1.0) bytes a second"),
                Arguments.of(scene().until(Double.NaN), "a deadline is (NaN)"),
                Arguments.of(scene().orTo(5), "the other target of move (0) is (5) of (2)"),
                Arguments.of(scene().before(0, 1), "the move of a rule is (1) of (1)"),
                Arguments.of(scene().oneAtATime(-1), "the move of a rule is (-1) of (1)"),
                Arguments.of(scene().limits(new Limits(0, 1, 1, true, 1)), "a limit is (0)"),
                Arguments.of(scene().limits(new Limits(1, 1, 1, true, 0)), "the bandwidth is (0.0)"));
    }

    private static Scene scene() {
        return Scene.ofNodes(2).move(0, 1, 3);
    }

    @ParameterizedTest(name = "{1}")
    @MethodSource("wrong")
    void parts_that_do_not_fit_together_are_named(Scene scene, String message) {
        assertThatThrownBy(scene::problem)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }
}
