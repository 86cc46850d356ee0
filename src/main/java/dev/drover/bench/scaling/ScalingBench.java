package dev.drover.bench.scaling;

import dev.drover.bench.BadInstance;
import dev.drover.bench.Report;
import dev.drover.bench.Stopwatch;
import dev.drover.bench.TraceFile;
import dev.drover.bench.TraceFiles;
import dev.drover.forecast.LoadSeries;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * Plays each machine's recorded day as the load of an application, several times in a row, and compares: a number that follows the load of
 * now, one that is ahead of it, and one that stays, of as many virtual machines as the latter has on average. Then the same for
 * the machines that are in all days, each of their days once.
 */
public final class ScalingBench {
    private static final int PER_DAY = 288;
    private static final int PER_HOUR = 12;
    private static final int DAYS = 4;
    /** The first days are only learnt from. */
    private static final int LEARNT = 2;
    /** Millicores of the application for each percent of the machine. */
    private static final double OF_PERCENT = 500;
    /** Percent that are reached at some time: an application that two virtual machines serve all day is not scaled. */
    private static final double BUSY = 10;

    private static final double PEAK = 2;

    private static final Duration GAP = Duration.ofMinutes(3);

    private ScalingBench() {}

    /** How often a load was served how. */
    private record Three(long applications, Outcome now, Outcome ahead, Outcome fixed) {
        static final Three NONE = new Three(0, Outcome.NONE, Outcome.NONE, Outcome.NONE);

        Three plus(Three other) {
            return new Three(
                    applications + other.applications,
                    now.plus(other.now),
                    ahead.plus(other.ahead),
                    fixed.plus(other.fixed));
        }
    }

    /**
     * Two reports for each day, of all machines and of those with a peak, and for all days in a row if there are more than are learnt from.
     *
     * @throws BadInstance when something is missing or wrong
     */
    public static List<Report> days(Path path, InstantSource clock) {
        Map<String, Map<String, double[]>> days = new LinkedHashMap<>();
        TraceFiles.read(path).forEach((day, files) -> {
            Map<String, double[]> machines = new LinkedHashMap<>();
            files.forEach(file -> machines.put(file.name(), millicores(file)));
            days.put(day, machines);
        });
        List<Report> reports = new ArrayList<>();
        days.forEach((day, machines) -> reports.addAll(reports(
                day, machines.values().stream().map(ScalingBench::againAndAgain).toList(), clock)));
        if (days.size() > LEARNT) {
            reports.addAll(reports("all days in a row", inARow(days.values()), clock));
        }
        return reports;
    }

    private static double[] millicores(TraceFile file) {
        List<String> lines = file.lines();
        if (lines.size() != PER_DAY) {
            throw new BadInstance(file.place() + " must have a percentage for each of " + PER_DAY
                    + " steps, a line each (" + lines.size() + " lines). Is it whole?");
        }
        double[] values = new double[PER_DAY];
        for (int step = 0; step < PER_DAY; step++) {
            values[step] = OF_PERCENT * file.number(step + 1, lines.get(step), 100);
        }
        return values;
    }

    private static double[] againAndAgain(double[] day) {
        return DoubleStream.iterate(0, i -> i < DAYS * PER_DAY, i -> i + 1)
                .map(i -> day[(int) i % PER_DAY])
                .toArray();
    }

    private static List<double[]> inARow(Collection<Map<String, double[]>> days) {
        return days.iterator().next().keySet().stream()
                .filter(name -> days.stream().allMatch(day -> day.containsKey(name)))
                .map(name -> days.stream()
                        .flatMapToDouble(day -> Arrays.stream(day.get(name)))
                        .toArray())
                .toList();
    }

    /** Of all, and of those that have a peak. */
    private static List<Report> reports(String instance, List<double[]> loads, InstantSource clock) {
        Stopwatch watch = Stopwatch.start(clock);
        List<double[]> busy = loads.stream()
                .filter(load -> Arrays.stream(load).max().orElse(0) >= BUSY * OF_PERCENT)
                .toList();
        List<Three> played = busy.parallelStream().map(ScalingBench::played).toList();
        Three all = played.stream().reduce(Three.NONE, Three::plus);
        Three peaks = IntStream.range(0, busy.size())
                .filter(i -> hasPeak(busy.get(i)))
                .mapToObj(played::get)
                .reduce(Three.NONE, Three::plus);
        return List.of(
                report(instance, all).with("solveMillis", watch.millis()),
                report(instance + ", with a peak", peaks).with("solveMillis", watch.millis()));
    }

    /** In its highest hour it asks for {@link #PEAK} times as much as on average. */
    private static boolean hasPeak(double[] load) {
        double highest = IntStream.rangeClosed(0, load.length - PER_HOUR)
                .mapToDouble(i -> Arrays.stream(load, i, i + PER_HOUR).average().orElse(0))
                .max()
                .orElse(0);
        return highest >= PEAK * Arrays.stream(load).average().orElse(0);
    }

    private static Report report(String instance, Three all) {
        boolean isValid = all.now().inBounds()
                && all.ahead().inBounds()
                && all.ahead().unmet() <= all.now().unmet();
        return Report.of("scaling", instance, isValid)
                .with("applications", all.applications())
                .with("unmetPercentFixed", round(all.fixed().unmetPercent()))
                .with("unmetPercentNow", round(all.now().unmetPercent()))
                .with("unmetPercentAhead", round(all.ahead().unmetPercent()))
                .with("vmHoursFixed", hours(all.fixed()))
                .with("vmHoursNow", hours(all.now()))
                .with("vmHoursAhead", hours(all.ahead()))
                .with("more", all.ahead().more())
                .with("moreByForecast", all.ahead().ahead());
    }

    private static Three played(double[] load) {
        int from = LEARNT * PER_DAY;
        Outcome now = Replay.scaled(load, from, new LoadSeries(GAP, List::of));
        Outcome ahead = Replay.scaled(load, from, new LoadSeries(GAP));
        return new Three(1, now, ahead, asMany(load, from, ahead.minutes()));
    }

    /** As many virtual machines as were had on average, the whole number below it for a part of the time, and the one above it for the rest. */
    private static Outcome asMany(double[] load, int from, double vmMinutes) {
        double average = vmMinutes / (load.length - from) / Replay.MINUTES_OF_VALUE;
        int below = (int) Math.floor(average);
        double above = average - below;
        return Replay.fixed(load, from, below)
                .times(1 - above)
                .plus(Replay.fixed(load, from, below + 1).times(above));
    }

    private static long hours(Outcome outcome) {
        return Math.round(outcome.minutes() / 60);
    }

    private static double round(double value) {
        return Math.round(value * 1000) / 1000.0;
    }
}
