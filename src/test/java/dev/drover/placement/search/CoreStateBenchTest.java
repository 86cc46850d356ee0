package dev.drover.placement.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** How much memory the engine keeps. */
@Tag("bench")
class CoreStateBenchTest {
    private static final int NODES = 5000;
    private static final int EVENTS = 10_000;
    private static final double MOST_MIB = 64;

    @Test
    void the_live_state_of_5000_nodes_and_50000_virtual_machines_is_small() {
        long before = usedBytes();
        Live live = new Live(CrowdedProblem.of(NODES, new SplittableRandom(1)), EVENTS, 1);
        double mebibytes = (usedBytes() - before) / (double) (1 << 20);

        System.out.printf("bench core state: %.1f MiB%n", mebibytes);
        assertThat(live.nodeOf(0)).isNotNegative();
        assertThat(mebibytes).isBetween(1.0, MOST_MIB);
    }

    /** What is still reachable: garbage is collected until no more of it is found. */
    private static long usedBytes() {
        long least = Long.MAX_VALUE;
        for (long used = Long.MAX_VALUE - 1; used < least; ) {
            least = used;
            System.gc();
            Runtime runtime = Runtime.getRuntime();
            used = runtime.totalMemory() - runtime.freeMemory();
        }
        return least;
    }
}
