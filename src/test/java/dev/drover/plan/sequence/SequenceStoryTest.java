package dev.drover.plan.sequence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.plan.sequence.SequenceProblem.Limits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What the simulation lives through, read by people and compared by the build. To write the stories anew after a change that was meant,
 * run with {@code -Dgolden.update=true} and read the difference.
 */
class SequenceStoryTest {
    private static final Path GOLDEN = Path.of("src/test/resources/golden/sequence");
    private static final Limits SHARED = new Limits(Limits.NONE, 2, 2, true, 1);

    record Story(String name, SequenceProblem problem) {
        static Story of(String name, Scene scene) {
            return new Story(name, scene.problem());
        }

        @Override
        public String toString() {
            return name;
        }
    }

    private record Line(double time, boolean isStart, String text) {}

    static Stream<Story> stories() {
        return Stream.of(
                Story.of("two-trade-places-over-a-third-node", trade(3)),
                Story.of("two-cannot-trade-places", trade(2)),
                Story.of("another-target-is-as-good", trade(3).orTo(2)),
                Story.of(
                        "two-that-keep-apart-trade-places",
                        Scene.ofNodes(3).move(0, 1, 2).move(1, 0, 3).apart(0, 1)),
                Story.of(
                        "those-that-keep-apart-follow-each-other",
                        Scene.ofNodes(4)
                                .move(0, 1, 2)
                                .move(1, 2, 3)
                                .move(2, 3, 1)
                                .apart(0, 1, 2)),
                Story.of(
                        "a-chain-of-rooms",
                        Scene.ofNodes(4)
                                .move(0, 1, 6)
                                .move(1, 2, 6)
                                .move(2, 3, 6)
                                .move(3, 0, 4)),
                Story.of(
                        "what-comes-later-is-not-in-the-way",
                        Scene.ofNodes(2)
                                .stays(0, 1)
                                .stays(1, 2)
                                .move(1, 0, 5)
                                .move(1, 0, 1)
                                .move(0, 1, 1)
                                .move(0, 1, 4)),
                Story.of(
                        "first-by-rank-with-what-makes-room-for-it",
                        one(Scene.ofNodes(5)
                                .move(4, 3, 9)
                                .rank(1)
                                .move(0, 1, 6)
                                .move(1, 2, 5)
                                .rank(1))),
                Story.of(
                        "a-deadline-is-urgent",
                        one(Scene.ofNodes(4)
                                .move(0, 1, 6)
                                .move(0, 2, 7)
                                .move(3, 1, 3)
                                .until(3))),
                Story.of(
                        "one-after-the-other-by-rule",
                        Scene.ofNodes(4)
                                .move(0, 2, 2)
                                .move(1, 3, 5)
                                .move(0, 3, 3)
                                .before(1, 0)
                                .oneAtATime(0, 2)),
                Story.of(
                        "rules-that-contradict",
                        Scene.ofNodes(3)
                                .move(0, 1, 2)
                                .move(1, 2, 3)
                                .before(0, 1)
                                .before(1, 0)),
                Story.of(
                        "streams-share-what-a-node-has",
                        Scene.ofNodes(3)
                                .limits(SHARED)
                                .move(0, 1, 4)
                                .move(1, 2, 4)
                                .move(2, 0, 4)),
                Story.of(
                        "a-guest-that-writes-much-gets-a-node-for-itself",
                        Scene.ofNodes(3)
                                .limits(SHARED)
                                .move(0, 2, 3)
                                .writes(0.6)
                                .move(1, 2, 3)
                                .move(0, 1, 2)
                                .writes(0.95)));
    }

    /** Two full nodes whose virtual machines change places. */
    private static Scene trade(int nodes) {
        return Scene.ofNodes(nodes).move(0, 1, 7).move(1, 0, 6);
    }

    private static Scene one(Scene scene) {
        return scene.limits(new Limits(1, 1, 1, false, 1));
    }

    @ParameterizedTest
    @MethodSource("stories")
    void is_told_as_before(Story story) throws IOException {
        Sequencing found = Sequencing.of(story.problem());
        List<String> told = told(found);
        Path file = GOLDEN.resolve(story + ".txt");
        if (Boolean.getBoolean("golden.update")) {
            Files.createDirectories(GOLDEN);
            Files.write(file, told);
        }
        assertThat(told).containsExactlyElementsOf(Files.readAllLines(file));
        assertThat(SequenceCheck.breaches(
                        story.problem(),
                        found.legs(),
                        found.refused().stream().map(Refusal::move).collect(Collectors.toSet())))
                .isEmpty();
    }

    private static List<String> told(Sequencing found) {
        List<Line> lines = new ArrayList<>();
        for (Leg leg : found.legs()) {
            String text = "move " + leg.move() + "  node " + leg.from() + " > " + leg.to();
            lines.add(new Line(leg.start(), true, "start  " + text));
            lines.add(new Line(leg.end(), false, "end    " + text));
        }
        lines.sort(Comparator.comparingDouble(Line::time).thenComparing(Line::isStart));
        List<String> told = new ArrayList<>();
        lines.forEach(line -> told.add(String.format(Locale.ROOT, "%6.2f s  %s", line.time(), line.text())));
        found.refused().forEach(refusal -> told.add(refusal.explanation()));
        told.add(String.format(Locale.ROOT, "%.2f s, bound %.2f s", found.makespan(), found.lowerBound()));
        return told;
    }
}
