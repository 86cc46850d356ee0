package dev.drover.plan.sequence;

import java.util.SplittableRandom;

/** Which of two moves that could go is to go first in a safe order. Not safe for threads. */
final class Preference {
    /** More seconds than any node is busy, and much more. */
    private static final double AFTER_THE_HARMLESS = 1e9;

    private static final double LAST = 2e9;

    private final SequenceProblem problem;
    private final int variant;
    private final SplittableRandom dice;
    private final int resources;
    private final long[] free;
    private final long[] spare;

    /**
     * @param variant what decides between moves that are in each other's way; from 3 on it is chance, with that seed
     * @param free what is free now, kept up to date by whoever made this
     * @param spare what would be free if everything entered its target and nothing else left
     */
    Preference(SequenceProblem problem, int variant, long[] free, long[] spare) {
        this.problem = problem;
        this.variant = variant;
        this.free = free;
        this.spare = spare;
        dice = new SplittableRandom(variant);
        resources = problem.space().resources();
    }

    /**
     * What enters a node with room for all harms nobody; of the others those go first that leave a node for which others wait.
     *
     * @param urgency the seconds for which the busier of its nodes is busy
     * @return greater for what is to go first
     */
    double of(int move, int at, int to, double urgency) {
        if (!isContested(to)) {
            return urgency;
        }
        double level = isContested(at) ? -AFTER_THE_HARMLESS : -LAST;
        return switch (variant) {
            case 0 -> level + problem.leastSeconds(move);
            case 1 -> level + urgency;
            case 2 -> level - freeShare(to);
            default -> (variant % 2 == 0 ? level : -LAST) + dice.nextDouble();
        };
    }

    private boolean isContested(int node) {
        for (int resource = 0; resource < resources; resource++) {
            if (spare[node * resources + resource] < 0) {
                return true;
            }
        }
        return false;
    }

    private double freeShare(int node) {
        double sum = 0;
        for (int place = node * resources; place < (node + 1) * resources; place++) {
            sum += free[place] / (double) Math.max(1, problem.space().capacity()[place]);
        }
        return sum;
    }
}
