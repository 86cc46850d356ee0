package dev.drover.bench.sweep;

import dev.drover.bench.plot.Plot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Writes the results as pages of the documentation. */
final class Pages {
    private static final List<String> PLOTTED = List.of("a1_4", "a2_4", "b_1", "b_5");
    private static final double MILLIS = 1000;
    /** The lower bound of n5000, and what a plain annealing reached on it in 10 and 30 s. */
    private static final double BOUND = 48_968;

    private static final double PLAIN_IN_10 = 53_625;
    private static final double PLAIN_IN_30 = 51_295;

    private final Results results;
    private final Path folder;

    private Pages(Results results, Path folder) {
        this.results = results;
        this.folder = folder;
    }

    /** Writes targets.md, and a plot cost-NAME.svg for each instance of which it is known how its cost fell. */
    static void write(Results results, Path folder) throws IOException {
        Pages pages = new Pages(results, folder);
        pages.table();
        for (Roadef instance : Roadef.ALL) {
            if (PLOTTED.contains(instance.id())) {
                pages.plot(instance);
            }
        }
        Plot plot = new Plot("seconds", "cost")
                .level("plain annealing, 10 s", PLAIN_IN_10)
                .level("plain annealing, 30 s", PLAIN_IN_30)
                .level("lower bound", BOUND);
        pages.write("n5000", plot, List.of("rebalance n5000 30 s", "rebalance n5000 10 s"));
    }

    private void table() throws IOException {
        String runs = results.all()
                .map(result -> "%s, commit %s".formatted(result.date(), result.commit()))
                .distinct()
                .sorted()
                .reduce((one, other) -> one + "; " + other)
                .orElse("never");
        double load = results.all().mapToDouble(Result::load).max().orElse(0);
        Files.writeString(
                folder.resolve("targets.md"),
                """
                # Targets

                Written by `make bench-pages` from the results of `make bench-full INSTANCES=DIR`. Two cores; one configuration for everything; the
                median over the seeds, each run in a process of its own that starts cold. Measured %s. The largest load average of the minute
                before a run was %s; what a run itself leaves of it is counted too.

                %s"""
                        .formatted(runs, Summary.number(load), new Summary(results).markdown()));
    }

    private void plot(Roadef instance) throws IOException {
        Plot plot = new Plot("seconds", "cost").level("winner of the challenge, 300 s", instance.winner());
        Optional.ofNullable(Roadef.OPTAPLANNER.get(instance.id()))
                .ifPresent(cost -> plot.level("OptaPlanner, 300 s", cost));
        if (instance.finalist() != Roadef.NONE) {
            plot.level("best of 27, 300 s", instance.finalist());
        }
        write(instance.id(), plot, List.of(instance.trial(300), instance.trial(60), instance.trial(10)));
    }

    /** Draws the first of these trials that there are results of, a curve for each seed. */
    private void write(String name, Plot plot, List<String> trials) throws IOException {
        Optional<String> measured = trials.stream()
                .filter(trial -> results.of(trial).findAny().isPresent())
                .findFirst();
        if (measured.isPresent()) {
            results.of(measured.get())
                    .sorted(Comparator.comparingLong(Result::seed))
                    .forEach(result -> plot.curve("Drover, seed " + result.seed(), steps(result)));
            Files.writeString(folder.resolve("cost-" + name + ".svg"), plot.descent());
        }
    }

    /** A cost holds until the next one is found, and the last one until the end. */
    private static List<Plot.Point> steps(Result result) {
        List<Plot.Point> steps = new ArrayList<>();
        for (long[] found : result.costs()) {
            double second = Math.max(1, found[0]) / MILLIS;
            if (!steps.isEmpty()) {
                steps.add(new Plot.Point(second, steps.getLast().y()));
            }
            steps.add(new Plot.Point(second, found[1]));
        }
        steps.add(new Plot.Point(
                result.figure("solveMillis") / MILLIS, steps.getLast().y()));
        return steps;
    }
}
