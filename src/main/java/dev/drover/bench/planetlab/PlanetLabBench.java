package dev.drover.bench.planetlab;

import dev.drover.bench.Report;
import dev.drover.bench.Stopwatch;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** Runs a policy through a day and has the run judged. */
public final class PlanetLabBench {
    private PlanetLabBench() {}

    /** What decides. */
    public enum PolicyKind {
        /** A threshold of 80 %, and what migrates quickest moves. */
        THR_MMT,
        /** Drover's own. */
        DROVER;

        /** As it is written in options and results. */
        @Override
        public String toString() {
            return name().replace('_', '-').toLowerCase(Locale.ROOT);
        }

        Policy create(int vms) {
            return switch (this) {
                case THR_MMT -> new ThresholdPolicy();
                case DROVER -> new DroverPolicy(vms, Caution.USUAL);
            };
        }
    }

    /** Runs one day; beside Drover's own policy also THR-MMT, for comparison. */
    public static Report run(Day day, Rules rules, PolicyKind kind, InstantSource clock) {
        Stopwatch watch = Stopwatch.start(clock);
        Run run = Simulator.run(day, rules, kind.create(day.vms()));
        long millis = watch.millis();
        List<String> breaches = RunEvaluator.breaches(run);
        Run.Figures figures = run.figures();
        Report report = Report.judged("planetlab", day.name(), breaches)
                .with("policy", kind.toString())
                .with("rules", rules.toString())
                .with("vms", day.vms())
                .with(
                        "started",
                        IntStream.of(run.placed().getFirst())
                                .filter(node -> node != Floor.NOWHERE)
                                .count())
                .with("solveMillis", millis)
                .with("energyKWh", round(figures.energyKWh(), 10))
                .with("migrations", figures.migrations())
                .with("migrationsPerVmDay", round((double) figures.migrations() / day.vms(), 1000))
                .with("unmetDemandPercent", round(figures.unmetPercent(), 10_000))
                .with("slatahPercent", round(figures.slatahPercent(), 1000))
                .with("pdmPercent", round(figures.pdmPercent(), 10_000))
                .with("slavPercent", round(figures.slavPercent(), 1_000_000));
        if (kind != PolicyKind.THR_MMT) {
            double energy =
                    Simulator.run(day, rules, new ThresholdPolicy()).figures().energyKWh();
            report.with("energyToThrMmt", round(figures.energyKWh() / energy, 1000));
        }
        return report;
    }

    private static double round(double value, double parts) {
        return Math.round(value * parts) / parts;
    }
}
