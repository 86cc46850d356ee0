package dev.drover.bench.roadef;

/** The oracle: looks at every assignment of an instance. */
final class Exhaustive {
    private final RoadefInstance instance;
    private final int[] assignment;
    private long least = Long.MAX_VALUE;

    private Exhaustive(RoadefInstance instance) {
        this.instance = instance;
        assignment = instance.assignment().clone();
    }

    static long leastCost(RoadefInstance instance) {
        Exhaustive all = new Exhaustive(instance);
        all.place(0);
        return all.least;
    }

    private void place(int process) {
        if (process == assignment.length) {
            RoadefEvaluator.Verdict verdict = RoadefEvaluator.judge(instance, assignment);
            if (verdict.breaches().isEmpty()) {
                least = Math.min(least, verdict.cost());
            }
            return;
        }
        for (int machine = 0; machine < instance.machines().size(); machine++) {
            assignment[process] = machine;
            place(process + 1);
        }
    }
}
