package dev.drover.placement.search;

import static dev.drover.placement.search.Problem.NOWHERE;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * In which domain each set of virtual machines is that must be in one. It is decided once: where a set has members at home it is
 * theirs; the others, the largest first, get the domain that has the most room left. Safe for threads.
 */
final class Domains {
    private static final int UNDECIDED = -2;

    private final Problem problem;
    private final int[] setOf;
    private final int[][] domainOf;
    private final int[] chosen;

    Domains(Problem problem) {
        this.problem = problem;
        setOf = problem.sameDomain().of();
        domainOf = problem.sameDomain().domainOf();
        chosen = new int[domainOf.length];
        Arrays.fill(chosen, UNDECIDED);
        for (int vm = 0; vm < setOf.length; vm++) {
            if (setOf[vm] >= 0 && problem.home()[vm] != NOWHERE) {
                chosen[setOf[vm]] = domainOf[setOf[vm]][problem.home()[vm]];
            }
        }
        if (Arrays.stream(chosen).anyMatch(domain -> domain == UNDECIDED)) {
            chooseRoomy();
        }
    }

    boolean mayHold(int node, int vm) {
        return setOf.length == 0 || setOf[vm] < 0 || domainOf[setOf[vm]][node] == chosen[setOf[vm]];
    }

    private void chooseRoomy() {
        double[] part = parts();
        double[] room = new double[problem.nodes()];
        for (int i = 0; i < problem.capacity().length; i++) {
            int node = i / problem.resources();
            room[node] += Math.max(0, problem.capacity()[i]) * part[i % problem.resources()];
        }
        double[] need = new double[chosen.length];
        for (int i = 0; i < problem.demand().length; i++) {
            int vm = i / problem.resources();
            double size = problem.demand()[i] * part[i % problem.resources()];
            if (problem.home()[vm] != NOWHERE) {
                room[problem.home()[vm]] -= size;
            } else if (setOf[vm] >= 0) {
                need[setOf[vm]] += size;
            }
        }
        IntStream.range(0, chosen.length)
                .filter(set -> chosen[set] == UNDECIDED)
                .boxed()
                .sorted(Comparator.comparingDouble((Integer set) -> -need[set]))
                .forEach(set -> choose(set, room, need[set]));
    }

    /** For each resource what one unit is of all capacity. */
    private double[] parts() {
        double[] part = new double[problem.resources()];
        for (int i = 0; i < problem.capacity().length; i++) {
            part[i % part.length] += Math.max(0, problem.capacity()[i]);
        }
        return Arrays.stream(part).map(total -> 1 / Math.max(1, total)).toArray();
    }

    private void choose(int set, double[] room, double need) {
        int[] of = domainOf[set];
        int domains = Arrays.stream(of).max().orElse(-1) + 1;
        if (domains == 0) {
            return;
        }
        double[] left = new double[domains];
        int[] nodes = new int[domains];
        for (int node = 0; node < of.length; node++) {
            if (of[node] >= 0) {
                left[of[node]] += room[node];
                nodes[of[node]]++;
            }
        }
        int roomiest = IntStream.range(0, domains)
                .boxed()
                .max(Comparator.comparingDouble(domain -> left[domain]))
                .orElseThrow();
        chosen[set] = roomiest;
        for (int node = 0; node < of.length; node++) {
            room[node] -= of[node] == roomiest ? need / nodes[roomiest] : 0;
        }
    }
}
