package dev.drover.bench.roadef;

import dev.drover.bench.BadInstance;
import dev.drover.bench.Report;
import dev.drover.bench.Stopwatch;
import dev.drover.bench.roadef.RoadefEvaluator.Verdict;
import dev.drover.placement.search.Problem;
import dev.drover.placement.search.Progress;
import dev.drover.placement.search.Search;
import dev.drover.placement.search.SearchEffort;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.stream.Collectors;

/** Runs the search on one instance of the challenge. */
public final class RoadefBench {
    private RoadefBench() {}

    /**
     * @param report of the run
     * @param solution the assignment in the official format: one line of machine numbers
     */
    public record Run(Report report, String solution) {}

    /**
     * @param instance {@code DIR/ID}
     * @throws dev.drover.bench.BadInstance when its files are missing or wrong
     */
    public static Run run(Path instance, SearchEffort effort, InstantSource clock, Progress progress) {
        RoadefInstance read = RoadefReader.read(instance);
        Verdict given = RoadefEvaluator.judge(read, read.assignment());
        if (!given.breaches().isEmpty()) {
            throw new BadInstance(instance + ": the given assignment is not allowed, because "
                    + given.breaches().getFirst() + ". Is it that of this model?");
        }
        Stopwatch watch = Stopwatch.start(clock);
        Problem problem = RoadefProblem.of(read);
        Search.Found found = Search.run(problem, effort, clock, progress);
        long solveMillis = watch.millis();
        Verdict verdict = RoadefEvaluator.judge(read, found.nodeOf());
        Report report = Report.judged("roadef", instance.getFileName().toString(), verdict.breaches())
                .with("seed", effort.seed())
                .with("threads", effort.threads())
                .with("solveMillis", solveMillis)
                .with("cost", verdict.cost())
                .with("initialCost", given.cost())
                .with("relocations", relocations(read.assignment(), found.nodeOf()))
                .with("proposals", found.proposals());
        return new Run(
                report,
                Arrays.stream(found.nodeOf()).mapToObj(Integer::toString).collect(Collectors.joining(" ")));
    }

    private static long relocations(int[] before, int[] after) {
        long moved = 0;
        for (int p = 0; p < before.length; p++) {
            moved += before[p] == after[p] ? 0 : 1;
        }
        return moved;
    }
}
