package dev.drover.cli.bench;

import dev.drover.bench.scaling.ScalingBench;
import dev.drover.config.SteadyClock;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code drover bench scaling}. */
@Command(
        name = "scaling",
        mixinStandardHelpOptions = true,
        description = {
            "Recorded days as the load of applications that are scaled: by the load of now, ahead of it, and not at all.",
            "Valid means: the number stays within its bounds, and ahead no more demand is unmet than by the load of now."
        })
final class ScalingCommand implements Callable<Integer> {
    @Option(
            names = "--days",
            required = true,
            paramLabel = "DIR",
            description = "A folder with a folder for each day, or a tar archive of it (.tar, .tar.gz).")
    private Path days;

    @Mixin
    private ReportOutput output;

    /** Checked like that of every kind; nothing here is random. */
    @Mixin
    private EffortOptions effort;

    private final InstantSource clock = new SteadyClock();

    @Override
    public Integer call() {
        effort.effort();
        return ScalingBench.days(days, clock).stream()
                .mapToInt(output::print)
                .max()
                .orElseThrow();
    }
}
