package dev.drover.bench.forecast;

import dev.drover.bench.BadInstance;
import dev.drover.bench.Report;
import dev.drover.bench.Stopwatch;
import dev.drover.bench.planetlab.DaysReader;
import dev.drover.forecast.Forecast;
import dev.drover.forecast.Forecaster;
import dev.drover.forecast.Model;
import dev.drover.forecast.Models;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Lets every model predict every value of a trace from those before it. */
public final class ForecastBench {
    private static final int PER_DAY = 288;
    private static final int MINUTES = 5;
    private static final int[] AHEAD = {1, 6, 12};
    private static final double COVERAGE = 0.9;
    private static final double LARGEST = 100;
    /** How far the band may be off, in points. */
    private static final double POINTS = 2;

    private ForecastBench() {}

    /** Days of PlanetLab. */
    public static List<Report> days(Path path, InstantSource clock) {
        List<double[]> series = DaysReader.read(path).stream()
                .flatMap(day -> day.percent().stream())
                .map(percent -> IntStream.of(percent).asDoubleStream().toArray())
                .toList();
        return run(path, series, clock);
    }

    /** Any trace with one or more columns of percentages. */
    public static List<Report> trace(Path path, InstantSource clock) {
        return run(path, Series.read(path), clock);
    }

    /** A report for each distance. */
    private static List<Report> run(Path path, List<double[]> series, InstantSource clock) {
        return IntStream.of(AHEAD)
                .mapToObj(ahead -> {
                    Stopwatch watch = Stopwatch.start(clock);
                    Tally tally = series.parallelStream()
                            .map(values -> judged(values, ahead))
                            .reduce(new Tally(ahead, names().size()), Tally::plus);
                    return report(path, series.size(), tally).with("solveMillis", watch.millis());
                })
                .toList();
    }

    private static List<String> names() {
        return Models.all(PER_DAY, LARGEST).stream().map(Model::name).toList();
    }

    private static Tally judged(double[] series, int ahead) {
        List<Model> models = Models.all(PER_DAY, LARGEST);
        Tally tally = new Tally(ahead, models.size());
        for (int i = 0; i < models.size(); i++) {
            tally.judge(i, series, said(models.get(i), series, ahead));
        }
        Forecaster forecaster =
                new Forecaster(Models.all(PER_DAY, LARGEST), new Forecaster.Settings(ahead, PER_DAY, COVERAGE));
        Forecast[] stated = new Forecast[series.length];
        for (int step = 0; step < series.length; step++) {
            forecaster.observe(series[step]);
            stated[step] = forecaster.forecast();
        }
        tally.judge(series, stated);
        return tally;
    }

    private static double[] said(Model model, double[] series, int ahead) {
        double[] said = new double[series.length];
        for (int step = 0; step < series.length; step++) {
            model.observe(series[step]);
            said[step] = model.predict(ahead);
        }
        return said;
    }

    private static Report report(Path path, int series, Tally tally) {
        if (tally.forecasts() == 0) {
            throw new BadInstance(path + " is too short to forecast anything (" + tally.ahead() * MINUTES
                    + " minutes ahead). Give a day of values or more.");
        }
        boolean isValid = tally.meanError() <= tally.meanErrorOfNow()
                && Math.abs(tally.coveragePercent() - 100 * COVERAGE) <= POINTS;
        Map<String, Object> models = new LinkedHashMap<>();
        List<String> names = names();
        for (int i = 0; i < names.size(); i++) {
            double ratio = tally.ratio(i);
            models.put(names.get(i), Double.isNaN(ratio) ? "knows too little" : round(ratio));
        }
        return Report.of("forecast", path.getFileName().toString(), isValid)
                .with("aheadMinutes", tally.ahead() * MINUTES)
                .with("series", series)
                .with("forecasts", tally.forecasts())
                .with("error", round(tally.meanError()))
                .with("errorOfNow", round(tally.meanErrorOfNow()))
                .with("errorToNow", round(tally.meanError() / tally.meanErrorOfNow()))
                .with("trustedPercent", round(tally.trustedPercent()))
                .with("bandPercent", 100 * COVERAGE)
                .with("coveragePercent", round(tally.coveragePercent()))
                .with("modelsToNow", models);
    }

    private static double round(double value) {
        return Double.isNaN(value) ? 1 : Math.round(value * 1000) / 1000.0;
    }
}
