package dev.drover.cli.bench;

import dev.drover.bench.Report;
import dev.drover.bench.forecast.ForecastBench;
import dev.drover.config.SteadyClock;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code drover bench forecast}. */
@Command(
        name = "forecast",
        mixinStandardHelpOptions = true,
        description = {
            "Back-tests the forecasts 5, 30 and 60 minutes ahead. One result for each.",
            "Valid means: no worse than \"the same as now\", and the band holds as often as it states, within 2 points."
        })
final class ForecastCommand implements Callable<Integer> {

    @ArgGroup(multiplicity = "1")
    private Source source;

    @Mixin
    private ReportOutput output;

    /** Checked like that of every kind; nothing here is random. */
    @Mixin
    private EffortOptions effort;

    private final InstantSource clock = new SteadyClock();

    /** One of two. */
    static final class Source {
        @Option(
                names = "--days",
                paramLabel = "DIR",
                description = "Days of PlanetLab: a folder with a folder for each day, or a tar archive of it.")
        private @Nullable Path days;

        @Option(
                names = "--trace",
                paramLabel = "FILE",
                description =
                        "A file, folder or tar archive of files with a line of percentages for every five minutes.")
        private @Nullable Path trace;
    }

    @Override
    public Integer call() {
        effort.effort();
        List<Report> reports =
                source.days != null ? ForecastBench.days(source.days, clock) : ForecastBench.trace(source.trace, clock);
        return reports.stream().mapToInt(output::print).max().orElseThrow();
    }
}
