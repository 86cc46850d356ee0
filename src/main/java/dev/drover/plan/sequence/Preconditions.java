package dev.drover.plan.sequence;

import dev.drover.plan.sequence.SequenceProblem.Limits;
import dev.drover.plan.sequence.SequenceProblem.Moves;
import dev.drover.plan.sequence.SequenceProblem.Rules;
import dev.drover.plan.sequence.SequenceProblem.Space;
import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** What a problem must be so that the scheduler can rely on it. */
final class Preconditions {
    private Preconditions() {}

    /** @throws IllegalArgumentException that names the first thing that is wrong */
    static void check(Space space, Moves moves, Limits limits, Rules rules) {
        int count = moves.count();
        length("capacities", space.capacity().length, space.nodes() * space.resources());
        length("amounts held", space.held().length, space.nodes() * space.resources());
        length("targets", moves.target().length, count);
        length("amounts", moves.amounts().length, count * space.resources());
        length("sizes", moves.bytes().length, count);
        length("rates of writing", moves.dirtyRate().length, count);
        length("ranks", moves.rank().length, count);
        length("other targets", moves.otherTargets().length, count);
        length("deadlines", rules.deadline().length, count);
        for (int move = 0; move < count; move++) {
            move(space, moves, move);
        }
        limits(limits);
        rules(rules, count);
    }

    private static void move(Space space, Moves moves, int move) {
        number("source of move (" + move + ")", moves.source()[move], space.nodes());
        number("target of move (" + move + ")", moves.target()[move], space.nodes());
        for (int other : moves.otherTargets()[move]) {
            number("other target of move (" + move + ")", other, space.nodes());
        }
        require(moves.source()[move] != moves.target()[move], "move (" + move + ") ends where it begins");
        double bytes = moves.bytes()[move];
        require(bytes > 0 && bytes < Double.POSITIVE_INFINITY, "move (" + move + ") copies (" + bytes + ") bytes");
        double dirty = moves.dirtyRate()[move];
        require(dirty >= 0, "the guest of move (" + move + ") writes (" + dirty + ") bytes a second");
        for (int i = move * space.resources(); i < (move + 1) * space.resources(); i++) {
            require(moves.amounts()[i] >= 0, "move (" + move + ") holds (" + moves.amounts()[i] + ")");
        }
    }

    private static void limits(Limits limits) {
        int least = Math.min(limits.cluster(), Math.min(limits.perSource(), limits.perTarget()));
        require(least >= 1, "a limit is (" + least + ")");
        double bandwidth = limits.bandwidth();
        require(bandwidth > 0 && bandwidth < Double.POSITIVE_INFINITY, "the bandwidth is (" + bandwidth + ")");
    }

    private static void rules(Rules rules, int count) {
        IntStream.concat(
                        Arrays.stream(rules.precedence()).flatMapToInt(Arrays::stream),
                        Stream.of(rules.oneAtATime(), rules.placement().sets())
                                .flatMap(Arrays::stream)
                                .flatMapToInt(Arrays::stream))
                .forEach(move -> number("move of a rule", move, count));
        for (int[] pair : rules.precedence()) {
            length("moves of a precedence", pair.length, 2);
        }
        for (double deadline : rules.deadline()) {
            require(!Double.isNaN(deadline), "a deadline is (NaN)");
        }
    }

    private static void length(String what, int length, int expected) {
        require(length == expected, "there are (" + length + ") " + what + " where (" + expected + ") belong");
    }

    private static void number(String what, int number, int count) {
        require(number >= 0 && number < count, "the " + what + " is (" + number + ") of (" + count + ")");
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalArgumentException(
                    "No order can be found: " + otherwise + ". Check what the problem was made of.");
        }
    }
}
