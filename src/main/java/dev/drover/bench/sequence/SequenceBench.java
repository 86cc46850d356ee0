package dev.drover.bench.sequence;

import dev.drover.bench.Report;
import dev.drover.bench.Stopwatch;
import dev.drover.plan.sequence.Refusal;
import dev.drover.plan.sequence.SequenceCheck;
import dev.drover.plan.sequence.SequenceProblem;
import dev.drover.plan.sequence.Sequencing;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Puts the moves of one instance in an order. */
public final class SequenceBench {
    private SequenceBench() {}

    /**
     * Valid is what makes every move and breaks nothing at any instant.
     *
     * @throws dev.drover.bench.BadInstance when the file is missing or wrong
     */
    public static Report run(Path path, Setting setting, InstantSource clock) {
        SequenceProblem problem = SequenceReader.read(path, setting.limits());
        Stopwatch watch = Stopwatch.start(clock);
        Sequencing found = Sequencing.of(problem);
        long millis = watch.millis();
        Report report = Report.judged("sequence", path.getFileName().toString(), breaches(problem, found))
                .with("setting", setting.name().toLowerCase(Locale.ROOT))
                .with("solveMillis", millis)
                .with("moves", problem.moves().count());
        return result(report, found);
    }

    /** What an independent check says of the order, and which moves it leaves out. */
    public static List<String> breaches(SequenceProblem problem, Sequencing found) {
        List<String> breaches = new ArrayList<>(
                found.refused().stream().map(Refusal::explanation).toList());
        breaches.addAll(SequenceCheck.breaches(
                problem,
                found.legs(),
                found.refused().stream().map(Refusal::move).collect(Collectors.toSet())));
        return breaches;
    }

    /** Adds the figures of an order. */
    public static Report result(Report report, Sequencing found) {
        return report.with("makespan", hundredths(found.makespan()))
                .with("lowerBound", hundredths(found.lowerBound()))
                .with("makespanRatio", Math.round(10_000 * found.ratio()) / 10_000.0)
                .with("stopOvers", found.stopOvers())
                .with("refused", found.refused().size());
    }

    private static double hundredths(double seconds) {
        return Math.round(100 * seconds) / 100.0;
    }
}
