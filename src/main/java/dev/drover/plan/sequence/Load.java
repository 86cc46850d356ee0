package dev.drover.plan.sequence;

/** How long each node is busy at least. */
final class Load {
    /** More seconds than any move waits: what comes first by rank comes before all that is urgent. */
    static final double RANK = 1e12;

    private Load() {}

    /** For each node the seconds of all that leaves and enters it, each with all the bandwidth. */
    static double[] of(SequenceProblem problem) {
        double[] load = new double[problem.space().nodes()];
        for (int move = 0; move < problem.moves().count(); move++) {
            double seconds = problem.leastSeconds(move);
            if (seconds < Double.POSITIVE_INFINITY) {
                load[problem.moves().source()[move]] += seconds;
                load[problem.moves().target()[move]] += seconds;
            }
        }
        return load;
    }
}
