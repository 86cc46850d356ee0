package dev.drover.placement.search;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A first good arrangement: off each costly node go the virtual machines whose leaving saves most, by the exact optimum where the
 * node has few; then all of them are put, the largest first, where they cost least. Not safe for threads.
 */
public final class Relief {
    /** Up to so many virtual machines on a node every subset is looked at, but for those that cannot be better. */
    private static final int EXACT = 16;

    private final Arrangement now;
    private final Problem problem;
    private final int resources;

    Relief(Arrangement now) {
        this.now = now;
        problem = now.problem;
        resources = problem.resources();
    }

    /**
     * Whether it can be used on a problem: it asks of every placement what a virtual machine that starts is asked, and a group that
     * must be spread or is needed is asked more.
     */
    static boolean isFor(Problem problem) {
        var groups = problem.groups();
        return IntStream.of(groups.minDomains()).allMatch(least -> least <= 1)
                && Arrays.stream(groups.needs()).allMatch(needs -> needs.length == 0);
    }

    /**
     * For each virtual machine its node after relief: few moves, found fast. Those that start get a node too. Where one finds no place
     * everything stays as it is.
     *
     * @param problem whose groups need no company and no spread
     */
    public static int[] relieved(Problem problem) {
        return of(problem).nodeOf;
    }

    /** The present arrangement, relieved. */
    static Arrangement of(Problem problem) {
        return of(problem, problem.home());
    }

    /** An arrangement, relieved; as it is where not every virtual machine found a place. */
    static Arrangement of(Problem problem, int[] start) {
        Arrangement relieved = new Arrangement(problem, start);
        long before = relieved.cost();
        new Relief(relieved).run();
        boolean isWhole = IntStream.of(relieved.nodeOf).allMatch(node -> node != Problem.NOWHERE);
        return isWhole && relieved.cost() <= before ? relieved : new Arrangement(problem, start);
    }

    private void run() {
        int[] costly = IntStream.range(0, problem.nodes())
                .filter(node -> now.nodeCost(node) > 0)
                .boxed()
                .sorted(Comparator.comparingLong((Integer node) -> -now.nodeCost(node)))
                .mapToInt(Integer::intValue)
                .toArray();
        List<Integer> homeless = new ArrayList<>();
        IntStream.range(0, problem.vms())
                .filter(vm -> now.nodeOf[vm] == Problem.NOWHERE)
                .forEach(homeless::add);
        for (int node : costly) {
            for (int vm : leaving(node)) {
                now.take(vm);
                homeless.add(vm);
            }
        }
        new Packing(now).put(homeless);
    }

    /** The virtual machines whose leaving saves most, what their moves cost counted. */
    int[] leaving(int node) {
        int count = now.roster.count(node);
        int[] vms = IntStream.range(0, count)
                .map(i -> now.roster.get(node, i))
                .sorted()
                .toArray();
        if (count > EXACT) {
            return greedy(node, vms);
        }
        Subset subset = new Subset(now, node, vms);
        return subset.best();
    }

    private int[] greedy(int node, int[] vms) {
        List<Integer> rest = new ArrayList<>(Arrays.stream(vms).boxed().toList());
        List<Integer> leaving = new ArrayList<>();
        while (!rest.isEmpty()) {
            int best = -1;
            double most = 1;
            for (int vm : rest) {
                long before = now.nodeCost(node);
                now.take(vm);
                double saved = (before - now.nodeCost(node)) / (double) Math.max(1, now.moveCost(vm));
                now.put(vm, node, now.putDelta(vm, node));
                if (saved > most) {
                    most = saved;
                    best = vm;
                }
            }
            if (best < 0) {
                break;
            }
            now.take(best);
            leaving.add(best);
            rest.remove(Integer.valueOf(best));
        }
        for (int vm : leaving) {
            now.put(vm, node, now.putDelta(vm, node));
        }
        return leaving.stream().mapToInt(Integer::intValue).toArray();
    }
}
