package dev.drover.placement;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * One decision for gangs that start together: the hardest first (fewest nodes, then the largest), each member on the best node
 * for it. One that finds no node may take the place of one that was placed just before and can go elsewhere, or of all on one
 * node that were. Not safe for threads.
 */
final class StartBatch {
    /** From so many nodes on one has choice enough. */
    private static final int CHOICES = 64;

    /** How many of those that were placed before are asked to make room for one that found no node. */
    private static final int ASKED = 64;

    /** How many nodes are tried that those who were placed before could leave to it, and how many of these a node may have. */
    private static final int CLEARED = 16;

    /** How many positions are tried for a gang that did not fit at once. */
    private static final int TRIED = 10_000;

    private final Openings openings;
    private final Map<Integer, Integer> choices = new HashMap<>();
    private final List<Integer> placed = new ArrayList<>();
    private final Map<Integer, String> whyNot = new HashMap<>();
    private int trials;

    StartBatch(Openings openings) {
        this.openings = openings;
    }

    /** Places those that have arrived; then {@link #whyNot} tells of those that are still nowhere. */
    void place(List<Gang> gangs) {
        if (gangs.size() > 1 || gangs.stream().anyMatch(gang -> gang.starts().size() > 1)) {
            gangs.forEach(gang ->
                    gang.starts().forEach(start -> choices.put(start.vm(), openings.choices(start.vm(), CHOICES))));
        }
        gangs.stream()
                .map(gang -> gang.starts().stream()
                        .map(Start::vm)
                        .sorted(Comparator.comparing((Integer vm) -> choices.getOrDefault(vm, 0))
                                .thenComparing(vm -> -openings.need(vm))
                                .thenComparing(vm -> vm))
                        .toList())
                .sorted(Comparator.comparing((List<Integer> gang) -> choices.getOrDefault(gang.getFirst(), 0))
                        .thenComparing(gang -> -need(gang))
                        .thenComparing(List::getFirst))
                .forEach(this::placeGang);
    }

    private double need(List<Integer> gang) {
        return gang.stream().mapToDouble(openings::need).sum();
    }

    /** Why one that is nowhere found no node, or its gang not enough of them. */
    String whyNot(int vm) {
        return whyNot.getOrDefault(vm, "");
    }

    private void placeGang(List<Integer> gang) {
        int mark = openings.mark();
        int before = placed.size();
        int unplaced = firstUnplaced(gang);
        if (unplaced < 0) {
            return;
        }
        String why = openings.obstacles(unplaced);
        takeBack(mark, before);
        if (gang.size() == 1) {
            whyNot.put(unplaced, why);
        } else if (!fitsInOneDomain(gang) && !fitsSomehow(gang)) {
            String all = "All " + gang.size() + " of its gang start or none, and " + openings.name(unplaced)
                    + " finds no node: " + why;
            gang.forEach(vm -> whyNot.put(vm, all));
        }
    }

    private void takeBack(int mark, int before) {
        openings.undoTo(mark);
        placed.subList(before, placed.size()).clear();
    }

    /** Places one after the other; the first one for which there is no node, or -1. */
    private int firstUnplaced(List<Integer> gang) {
        for (int vm : gang) {
            if (!places(vm)) {
                return vm;
            }
            placed.add(vm);
        }
        return -1;
    }

    private boolean places(int vm) {
        return putBest(vm) || placed.stream().limit(ASKED).anyMatch(other -> makesRoom(other, vm)) || clearsANode(vm);
    }

    private boolean putBest(int vm) {
        int node = openings.best(vm);
        if (node >= 0) {
            openings.put(vm, node);
        }
        return node >= 0;
    }

    private boolean makesRoom(int other, int vm) {
        return replaces(List.of(other), vm, openings.node(other));
    }

    /** One that shares its node with nobody needs more than one other to leave. */
    private boolean clearsANode(int vm) {
        Map<Integer, List<Integer>> placedOn =
                placed.stream().collect(Collectors.groupingBy(openings::node, TreeMap::new, Collectors.toList()));
        return placedOn.entrySet().stream()
                .filter(entry -> entry.getValue().size() <= CLEARED)
                .sorted(Comparator.comparing(entry -> entry.getValue().size()))
                .limit(CLEARED)
                .anyMatch(entry -> replaces(entry.getValue(), vm, entry.getKey()));
    }

    /** Puts it on the node that others leave for their next best ones; false, with nothing changed, where that cannot be. */
    private boolean replaces(List<Integer> others, int vm, int node) {
        int mark = openings.mark();
        others.forEach(other -> openings.put(other, -1));
        if (openings.admits(vm, node)) {
            openings.put(vm, node);
            if (others.stream().allMatch(this::putBest)) {
                return true;
            }
        }
        openings.undoTo(mark);
        return false;
    }

    /** Those that rules want together may find room in another domain than that of the best node of the first of them. */
    private boolean fitsInOneDomain(List<Integer> gang) {
        BitSet members = gang.stream().collect(BitSet::new, BitSet::set, BitSet::or);
        try {
            return openings.sites(members).anyMatch(site -> {
                openings.narrow(site);
                int mark = openings.mark();
                int before = placed.size();
                boolean fits = firstUnplaced(gang) < 0;
                if (!fits) {
                    takeBack(mark, before);
                }
                return fits;
            });
        } finally {
            openings.widen();
        }
    }

    private boolean fitsSomehow(List<Integer> gang) {
        trials = TRIED;
        boolean fits = fitsFrom(0, gang);
        if (fits) {
            placed.addAll(gang);
        }
        return fits;
    }

    /** Depth first, the best nodes first. */
    private boolean fitsFrom(int position, List<Integer> gang) {
        if (position == gang.size()) {
            return true;
        }
        int vm = gang.get(position);
        for (int node : openings.ranked(vm)) {
            if (--trials < 0) {
                return false;
            }
            int mark = openings.mark();
            openings.put(vm, node);
            if (fitsFrom(position + 1, gang)) {
                return true;
            }
            openings.undoTo(mark);
        }
        return false;
    }
}
