package dev.drover.bench.premove;

import dev.drover.bench.BadInstance;
import dev.drover.bench.Report;
import dev.drover.bench.Stopwatch;
import dev.drover.bench.TraceFile;
import dev.drover.bench.TraceFiles;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Plays recorded days as the load of virtual machines of four cores, and compares the loop as it is without forecasts and with them: each day
 * several times in a row, and all days, each once, for the machines that are in all of them.
 */
public final class PremoveBench {
    private static final int DAYS = 4;
    /** The first days are only learnt from, and do not count. */
    private static final int LEARNT = 2;
    /** Millicores for each percent. */
    private static final double OF_PERCENT = 40;
    /** So many of a day, in the order of their names. */
    private static final int MOST = 400;

    private PremoveBench() {}

    /** @throws BadInstance when something is missing or wrong */
    public static List<Report> days(Path path, InstantSource clock) {
        Map<String, Map<String, double[]>> days = new LinkedHashMap<>();
        TraceFiles.read(path).forEach((day, files) -> {
            Map<String, double[]> machines = new LinkedHashMap<>();
            files.forEach(file -> machines.put(file.name(), millicores(file)));
            days.put(day, machines);
        });
        List<Report> reports = new ArrayList<>();
        days.forEach((day, machines) -> reports.add(report(
                day,
                machines.values().stream()
                        .limit(MOST)
                        .map(PremoveBench::againAndAgain)
                        .toList(),
                clock)));
        if (days.size() > LEARNT) {
            reports.add(report("all days in a row", inARow(List.copyOf(days.values())), clock));
        }
        return reports;
    }

    private static double[] millicores(TraceFile file) {
        List<String> lines = file.lines();
        if (lines.size() != Replay.PER_DAY) {
            throw new BadInstance(file.place() + " must have a percentage for each of " + Replay.PER_DAY
                    + " steps, a line each (" + lines.size() + " lines). Is it whole?");
        }
        double[] values = new double[Replay.PER_DAY];
        for (int step = 0; step < values.length; step++) {
            values[step] = OF_PERCENT * file.number(step + 1, lines.get(step), 100);
        }
        return values;
    }

    private static double[] againAndAgain(double[] day) {
        return IntStream.range(0, DAYS)
                .mapToObj(_ -> day)
                .flatMapToDouble(Arrays::stream)
                .toArray();
    }

    private static List<double[]> inARow(List<Map<String, double[]>> days) {
        return days.getFirst().keySet().stream()
                .filter(name -> days.stream().allMatch(day -> day.containsKey(name)))
                .map(name -> days.stream()
                        .flatMapToDouble(day -> DoubleStream.of(day.get(name)))
                        .toArray())
                .toList();
    }

    private static Report report(String instance, List<double[]> load, InstantSource clock) {
        Stopwatch watch = Stopwatch.start(clock);
        int from = LEARNT * Replay.PER_DAY;
        List<Tally> both = Stream.of(false, true)
                .parallel()
                .map(looksAhead -> Replay.of(load, from, looksAhead))
                .toList();
        Tally now = both.getFirst();
        Tally ahead = both.getLast();
        return Report.of("premove", instance, ahead.worse() == 0 && now.early() == 0)
                .with("virtualMachines", load.size())
                .with("nodes", new Pool(load).nodes())
                .with("hotPercentNow", round(now.hotPercent()))
                .with("hotPercentAhead", round(ahead.hotPercent()))
                .with("coreHoursAboveTargetNow", round(now.aboveTarget()))
                .with("coreHoursAboveTargetAhead", round(ahead.aboveTarget()))
                .with("coreHoursUnmetNow", round(now.unmet()))
                .with("coreHoursUnmetAhead", round(ahead.unmet()))
                .with("movesNow", now.moves())
                .with("movesAhead", ahead.moves())
                .with("movesByForecast", ahead.early())
                .with("solveMillis", watch.millis());
    }

    private static double round(double value) {
        return Math.round(value * 1000) / 1000.0;
    }
}
