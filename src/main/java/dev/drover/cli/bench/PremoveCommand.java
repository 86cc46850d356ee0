package dev.drover.cli.bench;

import dev.drover.bench.premove.PremoveBench;
import dev.drover.config.SteadyClock;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code drover bench premove}. */
@Command(
        name = "premove",
        mixinStandardHelpOptions = true,
        description = {
            "Recorded days on nodes that are too few for their peaks: how hot nodes become when only what is counts, and when the loop looks ahead.",
            "Valid means: no move for a forecast left more contention by the demand of its time."
        })
final class PremoveCommand implements Callable<Integer> {
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
        return PremoveBench.days(days, clock).stream()
                .mapToInt(output::print)
                .max()
                .orElseThrow();
    }
}
