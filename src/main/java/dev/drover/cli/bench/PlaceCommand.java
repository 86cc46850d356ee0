package dev.drover.cli.bench;

import dev.drover.bench.start.StartBench;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code drover bench place}. */
@Command(
        name = "place",
        mixinStandardHelpOptions = true,
        description =
                "Empty nodes and virtual machines that start: places one after the other until one finds no node.")
final class PlaceCommand implements Callable<Integer> {

    @Mixin
    private FleetOptions file;

    @Option(names = "--plain", description = "Ignores groups and zones.")
    private boolean isPlain;

    @Mixin
    private ReportOutput output;

    /** Checked like that of every kind; the result is found at once and does not depend on it. */
    @Mixin
    private EffortOptions effort;

    private final ProcessClock clock = new ProcessClock();

    @Override
    public Integer call() {
        effort.effort();
        return output.print(StartBench.place(file.instance(), isPlain, clock), clock.sinceStart());
    }
}
