package dev.drover.plan.sequence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.plan.sequence.SequenceProblem.Limits;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each thing that the check knows to be wrong, in an order that is right but for it. */
class SequenceCheckTest {
    /** Node 0 has two of 3 for node 1, which has one of 5 for node 2 that has to make room for the second. */
    private static Scene scene() {
        return Scene.ofNodes(3).move(0, 1, 3).move(0, 1, 3).move(1, 2, 5);
    }

    private static final Leg FIRST = new Leg(0, 0, 1, 0, 3);
    private static final Leg ROOM = new Leg(2, 1, 2, 0, 5);
    private static final Leg SECOND = new Leg(1, 0, 1, 5, 8);
    private static final List<Leg> RIGHT = List.of(FIRST, ROOM, SECOND);

    @Test
    void an_order_that_is_right_has_no_breach() {
        assertThat(breaches(scene(), RIGHT)).isEmpty();
    }

    static Stream<Arguments> wrong() {
        Scene fiveAtOnce = scene().limits(new Limits(1, 2, 2, false, 1));
        Scene oneOut = scene().limits(new Limits(9, 1, 2, false, 1));
        Scene oneIn = scene().limits(new Limits(9, 2, 1, false, 1));
        List<Leg> together = List.of(FIRST, ROOM, new Leg(1, 0, 1, 5, 8));
        List<Leg> overlapping = List.of(new Leg(0, 0, 1, 4, 7), ROOM, SECOND);
        return Stream.of(
                Arguments.of("a move is missing", scene(), List.of(FIRST, ROOM), "move (1) was not made"),
                Arguments.of(
                        "no room yet",
                        scene(),
                        List.of(FIRST, ROOM, new Leg(1, 0, 1, 4, 7)),
                        "node (1) holds 11 of 10 from 4.0 s on"),
                Arguments.of(
                        "from somewhere else",
                        scene(),
                        List.of(FIRST, ROOM, new Leg(1, 2, 1, 5, 8)),
                        "move (1) is at node (0)"),
                Arguments.of(
                        "to somewhere else", scene(), List.of(FIRST, ROOM, new Leg(1, 0, 2, 5, 8)), "ends at node (2)"),
                Arguments.of(
                        "faster than its bandwidth",
                        scene(),
                        List.of(FIRST, ROOM, new Leg(1, 0, 1, 5, 7)),
                        "copies 2.0 of 3.0 bytes"),
                Arguments.of(
                        "faster than what two share",
                        scene().limits(new Limits(9, 2, 2, true, 1)),
                        RIGHT,
                        "copies 1.5 of 3.0 bytes"),
                Arguments.of(
                        "too many in the cluster", fiveAtOnce, together, "2 moves are in flight at 0.0 s; at most 1"),
                Arguments.of("too many out of a node", oneOut, overlapping, "2 leave node (0) at 5.0 s; at most 1 may"),
                Arguments.of("too many into a node", oneIn, overlapping, "2 enter node (1) at 5.0 s; at most 1 may"),
                Arguments.of(
                        "a stop-over where none may be",
                        Scene.ofNodes(3).move(0, 1, 3).noStopOverOn(2),
                        List.of(new Leg(0, 0, 2, 0, 3), new Leg(0, 2, 1, 3, 6)),
                        "move (0) may not stop over on node (2)"),
                Arguments.of("not after what it follows", scene().before(2, 0), RIGHT, "(0) does not follow move (2)"),
                Arguments.of("two of a set", scene().oneAtATime(0, 2), RIGHT, "moves [0, 2] are in flight together"),
                Arguments.of(
                        "where a rule keeps it away",
                        scene().apart(0, 1),
                        RIGHT,
                        "a rule keeps move (1) away from node (1) at 5.0 s"),
                Arguments.of(
                        "after its deadline",
                        Scene.ofNodes(2).move(0, 1, 3).until(2),
                        List.of(FIRST),
                        "move (0) ends at 3.0 s, after its deadline"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("wrong")
    void what_is_wrong_is_named(String what, Scene scene, List<Leg> legs, String breach) {
        assertThat(breaches(scene, legs)).anyMatch(each -> each.contains(breach));
    }

    @Test
    void what_is_left_out_must_not_be_made() {
        assertThat(SequenceCheck.breaches(scene().problem(), RIGHT, Set.of(1)))
                .containsExactly("move (1) was made and is left out");
    }

    private static List<String> breaches(Scene scene, List<Leg> legs) {
        return SequenceCheck.breaches(scene.problem(), legs, Set.of());
    }
}
