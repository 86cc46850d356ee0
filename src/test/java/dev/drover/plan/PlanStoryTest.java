package dev.drover.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.constraint.Rule;
import dev.drover.model.Node;
import dev.drover.placement.Goal;
import dev.drover.placement.RandomWorlds;
import dev.drover.placement.Relocation;
import dev.drover.placement.World;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Stories that are read by people and compared by the build. To write them anew after a change that was meant, run with
 * {@code -Dgolden.update=true} and read the difference.
 */
class PlanStoryTest {
    private static final Path GOLDEN = Path.of("src/test/resources/golden/plan");
    private static final Budget BUDGET = new Budget(2, 2, 1);
    private static final Rule SPREAD = new Rule.Spread(Node.HOSTNAME_LABEL, OptionalInt.empty());

    private static final List<Relocation> EXCHANGE = List.of(relocation("a", "n1", "n2"), relocation("b", "n2", "n1"));

    /** @param asked for by somebody else than the engine */
    record Story(String name, int level, int failPercent, int seed, Supplier<World> world, List<Relocation> asked) {
        Story(String name, int level, int failPercent, int seed, Supplier<World> world) {
            this(name, level, failPercent, seed, world, List.of());
        }

        @Override
        public String toString() {
            return name + "-" + seed;
        }
    }

    static Stream<Story> stories() {
        return IntStream.rangeClosed(1, 3)
                .boxed()
                .flatMap(seed -> Stream.of(
                        new Story("hot-node", 2, 0, seed, PlanStoryTest::hotNode),
                        new Story("three-tiers-in-disorder", 3, 0, seed, PlanStoryTest::threeTiers),
                        new Story("three-tiers-with-failures", 3, 30, seed, PlanStoryTest::threeTiers),
                        new Story("group-changes-its-node", 1, 20, seed, PlanStoryTest::group),
                        new Story("room-is-made", 1, 30, seed, PlanStoryTest::crowded),
                        new Story("exchange-over-a-third-node", 1, 0, seed, PlanStoryTest::full, EXCHANGE),
                        new Story("exchange-with-failures", 1, 50, seed, PlanStoryTest::full, EXCHANGE),
                        new Story("exchange-of-two-that-keep-apart", 1, 0, seed, PlanStoryTest::apart, EXCHANGE)));
    }

    private static World hotNode() {
        return World.ofNodes(4)
                .vms(6, "web", "n1", 1_500)
                .vm("db", "n1", 3_000)
                .vm("cache", "n2", 4_000)
                .vm("batch", "n3", 6_000)
                .vm("mail", "n4", 2_000);
    }

    private static World threeTiers() {
        return World.ofNodes(5)
                .vms(3, "web", "n1", 1_000, "tier=web")
                .vms(2, "app", "n2", 2_000, "tier=app")
                .vm("app-3", "n3", 2_000, "tier=app")
                .vms(2, "db", "n1", 3_000, "tier=db")
                .vm("batch", "n4", 500)
                .rule(SPREAD, "tier=web")
                .rule(SPREAD, "tier=db")
                .rule(new Rule.SeparateFrom(World.selection("tier=db")), "tier=app")
                .rule(new Rule.ForbiddenNodes(World.onNode("n1")), "tier=db");
    }

    private static World group() {
        return World.ofNodes(3)
                .vms(3, "peer", "n1", 1_000, "app=peer")
                .vm("lone", "n2", 500)
                .rule(new Rule.Colocate(Node.HOSTNAME_LABEL), "app=peer")
                .rule(new Rule.ForbiddenNodes(World.onNode("n1")), "app=peer");
    }

    /** Two that must go to n2, which is full. */
    private static World crowded() {
        World world = World.ofNodes(4)
                .vms(2, "guest", "n1", 1_000, "app=guest")
                .vms(3, "tenant", "n2", 1_000)
                .vm("other", "n3", 1_000)
                .rule(new Rule.AllowedNodes(World.onNode("n2")), "app=guest");
        world.cluster().vms().forEach(vm -> world.requesting(vm.id().name(), 1_000, 33));
        return world;
    }

    /** Two that fill their nodes, so that neither can go before the other. */
    private static World full() {
        return World.ofNodes(3)
                .vm("a", "n1", 1_000)
                .vm("b", "n2", 1_000)
                .requesting("a", 1_000, 60)
                .requesting("b", 1_000, 60);
    }

    private static World apart() {
        return World.ofNodes(3)
                .vm("a", "n1", 1_000, "app=web")
                .vm("b", "n2", 1_000, "app=web")
                .rule(SPREAD, "app=web");
    }

    private static Relocation relocation(String vm, String from, String to) {
        return new Relocation(World.id(vm), from, to, Relocation.Reason.BALANCE, "asked for by a person", 1, 1);
    }

    @ParameterizedTest
    @MethodSource("stories")
    void is_told_as_before(Story story) throws IOException {
        Goal goal = new Goal(1, 1, 0.80, 0.85, story.level(), 256);
        List<String> told = new PlanSimulator(story.world().get(), goal, BUDGET, story.seed(), story.failPercent())
                .run(story.asked());
        Path file = GOLDEN.resolve(story + ".txt");
        if (Boolean.getBoolean("golden.update")) {
            Files.createDirectories(GOLDEN);
            Files.write(file, told);
        }
        assertThat(told).containsExactlyElementsOf(Files.readAllLines(file));
    }

    /** The same invariants in worlds that nobody drew up. */
    @Property(tries = 60)
    void every_random_story_comes_to_rest(
            @ForAll @LongRange(min = 0, max = 1_000_000) long seed, @ForAll @IntRange(min = 1, max = 5) int level) {
        Goal goal = new Goal(1, 1, 0.80, 0.85, level, 256);
        assertThat(new PlanSimulator(RandomWorlds.settled(seed), goal, new Budget(4, 2, 2), seed, 10).run())
                .isNotEmpty();
    }
}
