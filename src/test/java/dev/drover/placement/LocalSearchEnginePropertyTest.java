package dev.drover.placement;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.plan.Judge;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

class LocalSearchEnginePropertyTest {
    private static final Engine ENGINE = new LocalSearchEngine(InstantSource.fixed(World.NOW), vm -> 10);
    private static final int MOST_CYCLES = 8;

    @Property(tries = 300)
    void every_outcome_is_safe_to_perform_in_any_order(
            @ForAll @LongRange(min = 0, max = 1_000_000) long seed, @ForAll @IntRange(min = 1, max = 5) int level) {
        World world = RandomWorlds.world(seed);
        Judge.assertSafe(
                world.cluster(), world.constraints(), solve(world, level).moves());
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

    /** Property P13: in a constant world the plan becomes empty and stays empty, and balance takes back no move of its own. */
    @Property(tries = 300)
    void cycles_come_to_rest_and_balance_takes_nothing_back(
            @ForAll @LongRange(min = 0, max = 1_000_000) long seed, @ForAll @IntRange(min = 1, max = 5) int level) {
        World world = RandomWorlds.world(seed);
        Map<String, Set<String>> left = new HashMap<>();
        int cycles = 0;
        for (List<Relocation> moves = solve(world, level).moves();
                !moves.isEmpty();
                moves = solve(world, level).moves()) {
            assertThat(++cycles).as("cycles until nothing moves").isLessThanOrEqualTo(MOST_CYCLES);
            for (Relocation move : moves) {
                String vm = move.vm().name();
                if (move.reason() == Relocation.Reason.BALANCE) {
                    left.computeIfAbsent(vm, name -> new HashSet<>()).add(move.from());
                    assertThat(left.get(vm)).as(move + " goes back").doesNotContain(move.to());
                }
                world.at(vm, move.to());
            }
        }
    }

    private static Outcome solve(World world, int level) {
        Goal goal = new Goal(1, 1, 0.80, 0.85, level, 256);
        return ENGINE.solve(world.instance(goal, Effort.DEFAULT));
    }
}
