package dev.drover.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.placement.Relocation;
import dev.drover.placement.World;
import dev.drover.plan.MoveProgress.State;
import dev.drover.plan.sequence.SequenceProblem.Limits;
import dev.drover.plan.sequence.Sequencer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class NextMovesTest {
    private static final Limits LIMITS = new Limits(3, 2, 2, false, 1);

    /** @param offered ids in the order in which they are offered, when none of them starts */
    record Case(String name, List<Move> moves, List<String> ended, List<String> offered) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Case> cases() {
        Move longest = move("longest", "n1", "n2", 40);
        Move first = move("first", "n3", "n4", 10);
        Move second = move("second", "n5", "n6", 50, "first");
        Move urgent = new Move(
                "urgent", World.id("urgent"), "urgent", "n7", "n8", List.of(), Relocation.Reason.BALANCE, "", 1, 0, 1);
        return Stream.of(
                new Case(
                        "the longest is first",
                        List.of(move("short", "n3", "n4", 10), longest),
                        List.of(),
                        List.of("longest", "short")),
                new Case(
                        "what a long one follows goes before what is shorter than both",
                        List.of(longest, first, second),
                        List.of(),
                        List.of("first", "longest")),
                new Case(
                        "what ended is followed",
                        List.of(longest, first, second),
                        List.of("first"),
                        List.of("second", "longest")),
                new Case(
                        "what leaves a busy node goes before a longer one",
                        List.of(
                                longest,
                                move("x", "n3", "n4", 15),
                                move("y", "n3", "n5", 15),
                                move("z", "n3", "n6", 15)),
                        List.of(),
                        List.of("x", "y", "z", "longest")),
                new Case(
                        "the first priority is first",
                        List.of(longest, urgent),
                        List.of(),
                        List.of("urgent", "longest")),
                new Case(
                        "a plan that says nothing of seconds is taken as it is",
                        List.of(move("a", "n1", "n2", 0), move("b", "n3", "n4", 0)),
                        List.of(),
                        List.of("a", "b")));
    }

    private static Move move(String id, String from, String to, double seconds, String... after) {
        return new Move(id, World.id(id), id, from, to, List.of(after), Relocation.Reason.BALANCE, "", 3, 0, seconds);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void offers(Case given) {
        Execution execution = Execution.fresh("plan", given.moves());
        for (String id : given.ended()) {
            execution = execution.with(execution.progressOf(id).ended(State.SUCCEEDED, World.NOW, ""));
        }
        List<String> offered = new ArrayList<>();

        Execution after = NextMoves.start(execution, (standing, move) -> {
            offered.add(move.id());
            return standing.progressOf(move.id());
        });

        assertThat(offered).isEqualTo(given.offered());
        assertThat(after).isEqualTo(execution);
    }

    /** Durations are drawn; whoever kept the scheduler and whoever makes it anew at each step start the same, in the same order. */
    @Property(tries = 500)
    void a_scheduler_made_anew_goes_on_like_one_that_was_kept(@ForAll @LongRange(min = 0, max = 1_000_000) long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Execution execution = Execution.fresh("plan", moves(random));
        Sequencer kept = NextMoves.sequencer(execution, LIMITS);
        List<Integer> running = new ArrayList<>();
        int[] started = kept.begin();
        while (started.length > 0 || !running.isEmpty()) {
            assertThat(begun(execution)).isEqualTo(ids(execution, started));
            for (int number : started) {
                running.add(number);
                execution = execution.with(progress(execution, number).running("migration", World.NOW));
            }
            int end = running.remove(random.nextInt(running.size()));
            execution = execution.with(progress(execution, end).ended(State.SUCCEEDED, World.NOW, ""));
            started = kept.ended(end);
        }
        assertThat(execution.ended()).isTrue();
    }

    private static MoveProgress progress(Execution execution, int number) {
        return execution.progress().get(number);
    }

    /** What a new scheduler starts, by the ids of what has not ended. */
    private static List<String> begun(Execution execution) {
        List<Move> left = execution.moves().stream()
                .filter(move -> !execution.progressOf(move.id()).state().ended())
                .toList();
        return Arrays.stream(NextMoves.sequencer(execution, LIMITS).begin())
                .mapToObj(number -> left.get(number).id())
                .toList();
    }

    private static List<String> ids(Execution execution, int[] numbers) {
        return Arrays.stream(numbers)
                .mapToObj(number -> execution.moves().get(number).id())
                .toList();
    }

    private static List<Move> moves(SplittableRandom random) {
        List<Move> moves = new ArrayList<>();
        int count = random.nextInt(1, 25);
        for (int number = 0; number < count; number++) {
            int from = random.nextInt(5);
            int to = (from + random.nextInt(1, 5)) % 5;
            List<String> after = random.ints(random.nextInt(3), 0, Math.max(1, number))
                    .filter(first -> first < moves.size())
                    .distinct()
                    .mapToObj(first -> "m" + first)
                    .toList();
            moves.add(new Move(
                    "m" + number,
                    World.id("vm-" + number),
                    "uid-" + number,
                    "n" + from,
                    "n" + to,
                    after,
                    Relocation.Reason.BALANCE,
                    "",
                    random.nextInt(1, 4),
                    0,
                    random.nextInt(200) / 7.0));
        }
        return moves;
    }
}
