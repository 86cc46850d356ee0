package dev.drover.placement;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.plan.Judge;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.LongStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AnytimeEnginePropertyTest {
    private static final Engine ENGINE = new AnytimeEngine(InstantSource.fixed(World.NOW), vm -> 10);

    /** As many as the largest world has virtual machines. */
    private static final int MOST_CYCLES = 40;

    @Property(tries = 300)
    void every_outcome_can_be_performed_and_is_safe(
            @ForAll @LongRange(min = 0, max = 1_000_000) long seed, @ForAll @IntRange(min = 1, max = 5) int level) {
        assertSafe(RandomWorlds.world(seed), level);
    }

    @Property(tries = 300)
    void every_outcome_is_safe_whenever_the_rules_bind(
            @ForAll @LongRange(min = 0, max = 1_000_000) long seed, @ForAll @IntRange(min = 1, max = 5) int level) {
        assertSafe(RandomWorlds.unusual(seed), level);
    }

    private static void assertSafe(World world, int level) {
        Judge.assertSafe(
                world.cluster(), world.constraints(), solve(world, level).moves());
    }

    /** Worlds in which the most urgent order of moves has no end: one takes the room of another that has to go before it. */
    @ParameterizedTest
    @CsvSource({
        "4002613, 1",
        "4002613, 2",
        "4000457, 3",
        "4000457, 4",
        "4000457, 5",
        "4009248, 2",
        "4011981, 3",
        "4014187, 5"
    })
    void outcomes_that_need_their_own_order_find_it(long seed, int level) {
        every_outcome_can_be_performed_and_is_safe(seed, level);
    }

    @Property(tries = 200)
    void no_outcome_is_worse_than_what_is_there(
            @ForAll @LongRange(min = 0, max = 1_000_000) long seed, @ForAll @IntRange(min = 1, max = 5) int level) {
        Outcome outcome = solve(RandomWorlds.world(seed), level);
        if (outcome instanceof Outcome.Improved improved) {
            assertThat(improved.after().violations())
                    .isLessThanOrEqualTo(improved.before().violations());
            if (improved.after().violations() == improved.before().violations()) {
                assertThat(improved.after().contention())
                        .isLessThanOrEqualTo(improved.before().contention() + Cost.ROUNDING);
            }
            assertThat(improved.relocations()).isNotEmpty();
        } else {
            assertThat(outcome).isInstanceOf(Outcome.AlreadyGood.class);
        }
    }

    @Property(tries = 100)
    void the_same_seed_gives_the_same_outcome(@ForAll @LongRange(min = 0, max = 1_000_000) long seed) {
        assertThat(solve(RandomWorlds.world(seed), 3)).isEqualTo(solve(RandomWorlds.world(seed), 3));
    }

    /**
     * Property P13, where rules and memory are in the way too: room that the moves of one cycle free may allow more in the next, and
     * where rules contradict each other it may be one virtual machine a cycle.
     */
    @Property(tries = 200)
    void in_a_constant_world_cycles_come_to_rest(
            @ForAll @LongRange(min = 0, max = 1_000_000) long seed, @ForAll @IntRange(min = 1, max = 5) int level) {
        assertThat(cyclesToRest(seed, level)).isLessThanOrEqualTo(MOST_CYCLES);
    }

    /** For these worlds, always the same, it can be said how soon. */
    @Test
    void of_two_hundred_worlds_nearly_all_are_at_rest_after_three_cycles() {
        long soon = LongStream.range(0, 200)
                .filter(seed -> cyclesToRest(seed, 3) <= 3)
                .count();

        assertThat(soon).isGreaterThanOrEqualTo(198);
    }

    /** In how many cycles something moves; when it is more than there may be, it is not known how many more. */
    private static int cyclesToRest(long seed, int level) {
        World world = RandomWorlds.world(seed);
        int cycles = 0;
        while (cycles <= MOST_CYCLES && !perform(world, solve(world, level)).isEmpty()) {
            cycles++;
        }
        return cycles;
    }

    /** Property P13, where only demand matters: what was found is where the search would end again. */
    @Property(tries = 200)
    void where_there_is_room_one_cycle_is_enough(
            @ForAll @LongRange(min = 0, max = 1_000_000) long seed, @ForAll @IntRange(min = 1, max = 5) int level) {
        World world = RandomWorlds.roomy(seed);
        perform(world, solve(world, level));
        assertThat(solve(world, level)).isInstanceOf(Outcome.AlreadyGood.class);
    }

    private static List<Relocation> perform(World world, Outcome outcome) {
        outcome.moves().forEach(move -> world.at(move.vm().name(), move.to()));
        return outcome.moves();
    }

    private static Outcome solve(World world, int level) {
        Goal goal = new Goal(1, 1, 0.80, 0.85, level, 256);
        return ENGINE.solve(world.instance(goal, Effort.DEFAULT));
    }
}
