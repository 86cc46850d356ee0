package dev.drover.bench.sweep;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.DoublePredicate;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * All targets, with what was measured: the median over the seeds, and of several instances the worst. What one of them lacks counts as
 * not measured.
 */
final class Targets {
    private static final Map<String, Integer> RELOCATIONS = Map.of("r3", 3, "r4", 13, "r5", 127, "r6", 596);
    private static final Map<String, Integer> READY = Map.of("r3", 753, "r4", 1014, "r5", 1266, "r6", 1496);

    private final Results results;
    private final List<Target> targets = new ArrayList<>();

    private Targets(Results results) {
        this.results = results;
    }

    static List<Target> of(Results results) {
        Targets all = new Targets(results);
        all.everything();
        all.challenge();
        all.challengeInLessTime();
        all.btrplace();
        all.rebalance();
        all.atOnce();
        all.planetlab();
        return all.targets;
    }

    private void atMost(String work, String figure, double measured, double limit) {
        targets.add(Target.atMost(work, figure, measured, limit));
    }

    private void everything() {
        double[] invalid = results.all()
                .mapToDouble(result -> result.exitCode() == 0 ? 0 : 1)
                .toArray();
        atMost(
                "everything",
                "results that are not valid",
                invalid.length == 0 ? Double.NaN : count(invalid, v -> v > 0),
                0);
        atMost("everything", "heap, MiB", worst(results.all().mapToDouble(result -> result.figure("heapMiB"))), 1024);
    }

    private void challenge() {
        String work = "ROADEF 2012, 300 s";
        double[] given = all(one -> results.median(one.trial(300), "initialCost") - one.initial());
        double[] above = all(one -> cost(one, 300) - one.winner());
        double[] share = IntStream.range(0, above.length)
                .mapToDouble(i -> above[i] / Roadef.ALL.get(i).initial())
                .toArray();
        targets.add(Target.atLeast(work, "initial costs reproduced", count(given, v -> v == 0), given.length));
        atMost(work, "above the winner, of the initial cost", worst(DoubleStream.of(share)), 0.0002);
        targets.add(Target.atLeast(work, "instances below the winner", count(above, v -> v < 0), 12));
        atMost(
                work,
                "sum over set B above the best of 27, of the initial cost",
                Roadef.ALL.stream()
                        .filter(one -> one.finalist() != Roadef.NONE)
                        .mapToDouble(one -> (cost(one, 300) - one.finalist()) / one.initial())
                        .sum(),
                0.0010);
    }

    private static double[] all(ToDoubleFunction<Roadef> figure) {
        return Roadef.ALL.stream().mapToDouble(figure).toArray();
    }

    private double cost(Roadef instance, int seconds) {
        return results.median(instance.trial(seconds), "cost");
    }

    private void challengeInLessTime() {
        cost("roadef a1_4 60 s", 269_470_200);
        cost("roadef a2_4 60 s", 1_682_173_335);
        cost("roadef b_1 60 s", 3_394_431_246L);
        cost("roadef b_5 60 s", 929_979_904);
        cost("roadef a1_4 10 s", 275_000_000);
        cost("roadef a2_4 10 s", Roadef.OPTAPLANNER.get("a2_4") - 1);
        cost("roadef b_1 10 s", Roadef.OPTAPLANNER.get("b_1") - 1);
        cost("roadef b_5 10 s", 935_000_000);
    }

    private void cost(String trial, double limit) {
        atMost(trial, "cost", results.median(trial, "cost"), limit);
    }

    private void btrplace() {
        RELOCATIONS.keySet().stream().sorted().forEach(size -> {
            atMost(
                    "btrplace li " + size,
                    "relocations",
                    ofBtrplace("li/" + size, "relocations"),
                    RELOCATIONS.get(size));
            atMost("btrplace nr " + size, "relocations", ofBtrplace("nr/" + size, "relocations"), 0);
            atMost("btrplace nr " + size, "boots", ofBtrplace("nr/" + size, "boots"), READY.get(size));
        });
        atMost("btrplace", "solveMillis", ofBtrplace("", "solveMillis"), 500);
        atMost("btrplace", "wallMillis", ofBtrplace("", "wallMillis"), 2000);
    }

    private double ofBtrplace(String part, String figure) {
        return worst(Trial.all().stream()
                .map(Trial::name)
                .filter(name -> name.startsWith("btrplace " + part))
                .mapToDouble(name -> results.median(name, figure)));
    }

    private void rebalance() {
        cost("rebalance n100 2 s", 918);
        cost("rebalance n1000 10 s", 9_960);
        cost("rebalance n5000 10 s", 50_000);
        cost("rebalance n5000 30 s", 49_500);
        String replan = "replan n5000";
        atMost(replan, "p99Millis", results.median(replan, "p99Millis"), 50);
        atMost(replan, "maxMillis", results.median(replan, "maxMillis"), 500);
        atMost(replan, "cost against a search of 10 s", results.median(replan, Targets::mostAgainstSearch), 1.02);
    }

    private static double mostAgainstSearch(Result result) {
        return result.reports().getFirst().get("costAgainstSearch") instanceof List<?> ratios
                ? worst(ratios.stream().mapToDouble(ratio -> ((Number) ratio).doubleValue()))
                : Double.NaN;
    }

    private void atOnce() {
        atMost("evacuate n5000", "solveMillis", results.median("evacuate n5000", "solveMillis"), 1000);
        atMost("repair n5000", "solveMillis", results.median("repair n5000", "solveMillis"), 500);
        place("place n5000 plain", 100_000);
        place("place n5000", 20_000);
        targets.add(Target.atLeast(
                "place n5000",
                "placed, of what the sum of all nodes holds",
                results.median("place n5000", result -> result.figure("placed") / result.figure("upperBound")),
                0.97));
        Map.of("a", 1.05, "b", 1.05, "c", 1.10).entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(setting -> {
                    String trial = "sequence " + setting.getKey();
                    atMost(trial, "solveMillis", results.median(trial, "solveMillis"), 1000);
                    atMost(trial, "makespanRatio", results.median(trial, "makespanRatio"), setting.getValue());
                    atMost(trial, "refused", results.median(trial, "refused"), 0);
                });
    }

    private void place(String trial, double perSecond) {
        targets.add(
                Target.atLeast(trial, "placementsPerSecond", results.median(trial, "placementsPerSecond"), perSecond));
        atMost(trial, "p99Millis", results.median(trial, "p99Millis"), 0.2);
    }

    private void planetlab() {
        simulator("planetlab thr-mmt cloudsim", 192.50, 26_801);
        simulator("planetlab thr-mmt cloudsim-keep", 254.40, 41_481);
        String trial = "planetlab drover drover";
        Map.of("energyToThrMmt", 0.70, "migrationsPerVmDay", 1.3, "unmetDemandPercent", 0.05, "slatahPercent", 0.4)
                .entrySet()
                .stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(limit -> atMost(
                        trial, limit.getKey() + ", worst day", onTheWorstDay(trial, limit.getKey()), limit.getValue()));
    }

    /** CloudSim's figures are of the first day. */
    private void simulator(String trial, double energy, double migrations) {
        atMost(trial, "energy away from CloudSim's", away(results.median(trial, "energyKWh"), energy), 0.05);
        atMost(trial, "migrations away from CloudSim's", away(results.median(trial, "migrations"), migrations), 0.05);
    }

    private static double away(double measured, double said) {
        return Math.abs(measured - said) / said;
    }

    private double onTheWorstDay(String trial, String figure) {
        return worst(IntStream.range(0, Trial.DAYS)
                .mapToDouble(day -> results.median(trial, result -> result.figure(day, figure))));
    }

    /** NaN where one is missing. */
    private static double worst(DoubleStream figures) {
        return figures.reduce(Math::max).orElse(Double.NaN);
    }

    /** NaN where one is missing. */
    private static double count(double[] figures, DoublePredicate isCounted) {
        return DoubleStream.of(figures).anyMatch(Double::isNaN)
                ? Double.NaN
                : DoubleStream.of(figures).filter(isCounted).count();
    }
}
