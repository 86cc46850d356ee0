package dev.drover.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.placement.World;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Two oracles that share only the reading of the rules find the same: one looks at every placement, one proves. */
class OraclesAgreeTest {
    private static final int SEEDS = 1_000;

    @ParameterizedTest
    @EnumSource
    void of_a_thousand_small_clusters_both_find_the_same_optimum(Space space) {
        int moved = 0;
        int mended = 0;
        for (long seed = 0; seed < SEEDS; seed++) {
            SmallCase small = small(seed);
            Placed placed = agreed(seed, small, space);
            moved += placed.moves() > 0 ? 1 : 0;
            mended += placed.violations() < new Placed(small, small.rest()).violations() ? 1 : 0;
        }
        assertThat(moved).isGreaterThan(SEEDS / 4);
        assertThat(mended).isGreaterThan(SEEDS / 20);
    }

    static void check(long seed) {
        for (Space space : Space.values()) {
            agreed(seed, small(seed), space);
        }
    }

    private static SmallCase small(long seed) {
        World world = SmallWorlds.tiny(seed);
        return Reading.toMove(SmallWorlds.needingMemory(world.cluster()), world.constraints());
    }

    private static Placed agreed(long seed, SmallCase small, Space space) {
        Optimum proven = CpSatPlacement.optimum(small, space);
        Optimum best = Enumeration.optimum(small, space);
        assertThat(proven.violations()).as("seed %s", seed).isEqualTo(best.violations());
        assertThat(proven.cost()).as("seed %s", seed).isEqualTo(best.cost());
        Placed placed = new Placed(small, proven.nodeOf());
        assertThat(placed.violations()).as("seed %s", seed).isEqualTo(proven.violations());
        assertThat(placed.cost()).as("seed %s", seed).isEqualTo(proven.cost());
        return placed;
    }
}
