package dev.drover.cli.bench;

import dev.drover.bench.sequence.SequenceBench;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code drover bench sequence}. */
@Command(
        name = "sequence",
        mixinStandardHelpOptions = true,
        description = "Moves between nodes that hold room at both ends: the order in which they end soonest.")
final class SequenceCommand implements Callable<Integer> {

    @Option(
            names = "--instance",
            required = true,
            paramLabel = "FILE",
            description = "The virtual machines and their targets: a table of integers, packed by gzip or not.")
    private Path instance;

    @Mixin
    private SettingOption setting;

    @Mixin
    private ReportOutput output;

    /** Checked like that of every kind; the result is found at once and does not depend on it. */
    @Mixin
    private EffortOptions effort;

    private final ProcessClock clock = new ProcessClock();

    @Override
    public Integer call() {
        effort.effort();
        return output.print(SequenceBench.run(instance, setting.setting(), clock), clock.sinceStart());
    }
}
