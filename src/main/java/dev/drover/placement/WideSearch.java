package dev.drover.placement;

import dev.drover.placement.search.Search;
import dev.drover.placement.search.SearchEffort;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Where a descent ends, the search on flat arrays goes on: relief of all hot nodes at once and annealings, from where the descent is.
 * What it finds is made one by one, where most is won first, up to as many moves as there may be.
 */
final class WideSearch {
    private static final int THREADS = 2;

    /** Of the proposals of a descent. */
    private static final int TIMES = 10;

    /** What is needed so that each virtual machine is looked at often enough. */
    private static final int EACH = 200;

    private final Arrangement from;
    private final Worth worth;
    private final boolean keepsWishes;

    /** @param keepsWishes no preference is broken more than {@code from} breaks it, and where nodes are to be freed no other node is taken into use */
    WideSearch(Arrangement from, Worth worth, boolean keepsWishes) {
        this.from = from;
        this.worth = worth;
        this.keepsWishes = keepsWishes;
    }

    /**
     * @param into the same instance with nothing moved; gets the moves
     * @param millis after which the search ends in any case, at least 1
     */
    void run(Arrangement into, long millis, InstantSource clock) {
        FlatInstance flat = new FlatInstance(from, worth, keepsWishes);
        Effort effort = from.instance.effort();
        long proposals = Math.max(TIMES * effort.proposals(), (long) EACH * flat.vms().length);
        SearchEffort wide = new SearchEffort(effort.seed(), THREADS, millis, proposals);
        make(
                into,
                flat.vms(),
                Search.runFrom(flat.nodeOf(), flat.problem(), wide, clock).nodeOf());
    }

    /** What does not fit any more, or breaks a rule without others that are left out, is left out too. */
    private static void make(Arrangement into, int[] vms, int[] nodeOf) {
        int most = into.instance.goal().maxMoves();
        List<Integer> order = IntStream.range(0, vms.length)
                .filter(number -> nodeOf[number] != into.home(vms[number]))
                .boxed()
                .sorted(Comparator.comparingDouble((Integer number) -> -into.load.excess(into.home(vms[number])))
                        .thenComparing(number -> into.price(vms[number]))
                        .thenComparing(number -> number))
                .toList();
        for (int number : order) {
            if (into.moves() < most) {
                Change.shift(into, vms[number], nodeOf[number]).make(into);
            }
        }
    }
}
