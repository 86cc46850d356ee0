package dev.drover.placement;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.InstantSource;
import java.util.Map;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

/** What the search beyond the descent does to preferences, and to nodes that were freed. */
class WishesPropertyTest {
    private static final InstantSource CLOCK = InstantSource.fixed(World.NOW);

    /** Short, so that many worlds are tried. */
    private static final Effort EFFORT = new Effort(1, 2_000, 60_000);

    @Property(tries = 150)
    void a_solve_is_never_worse_than_the_descent_alone(
            @ForAll @LongRange(min = 0, max = 1_000_000) long seed, @ForAll @IntRange(min = 2, max = 5) int level) {
        for (Goal.Objective objective : Goal.Objective.values()) {
            Instance instance =
                    RandomWorlds.unusual(seed).instance(new Goal(1, 1, 0.6, 0.6, level, 256, objective), EFFORT);
            Cost descended = descended(instance).cost();
            Cost solved = solved(instance).cost();

            assertThat(compare(solved, descended))
                    .as("%s, %s", solved, descended)
                    .isNotPositive();
        }
    }

    /** Without that, the search would win as much elsewhere and break preferences for it. */
    @Example
    void preferences_are_kept_where_contention_falls_as_far_without_breaking_them() {
        int kept = 0;
        for (long seed = 0; seed < 300; seed++) {
            Instance instance = RandomWorlds.unusual(seed).instance(new Goal(1, 1, 0.6, 0.6, 2, 256), EFFORT);
            Arrangement near = descended(instance);
            Arrangement free = new Arrangement(instance, vm -> 10);
            new WideSearch(near, worth(near), false).run(free, EFFORT.millis(), CLOCK);
            descend(free);
            Cost solved = solved(instance).cost();
            boolean isKept = solved.contention() <= free.cost().contention() + Cost.ROUNDING
                    && solved.preference() < free.cost().preference();
            kept += isKept ? 1 : 0;
        }
        assertThat(kept).isGreaterThanOrEqualTo(5);
    }

    private static Arrangement descended(Instance instance) {
        Arrangement at = new Arrangement(instance, vm -> 10);
        descend(at);
        return at;
    }

    private static void descend(Arrangement at) {
        new Descent(at, worth(at), CLOCK, Long.MAX_VALUE).run();
    }

    private static Worth worth(Arrangement at) {
        return new Worth(at.instance.goal(), at.load.openNodes());
    }

    private static Arrangement solved(Instance instance) {
        Arrangement at = new Arrangement(instance, vm -> 10);
        var vms = instance.cluster().vmIndex();
        Map<String, Integer> nodes = instance.cluster().nodeIndex();
        new AnytimeEngine(CLOCK, vm -> 10)
                .solve(instance)
                .moves()
                .forEach(move -> at.move(vms.get(move.vm()), nodes.get(move.to())));
        return at;
    }

    /** By violations, contention and preference, in this order. */
    private static int compare(Cost left, Cost right) {
        if (left.violations() != right.violations()) {
            return Integer.compare(left.violations(), right.violations());
        }
        if (Math.abs(left.contention() - right.contention()) > Cost.ROUNDING) {
            return Double.compare(left.contention(), right.contention());
        }
        return Long.compare(left.preference(), right.preference());
    }
}
