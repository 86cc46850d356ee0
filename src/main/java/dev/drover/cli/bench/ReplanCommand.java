package dev.drover.cli.bench;

import dev.drover.bench.fleet.ReplanBench;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code drover bench replan}. */
@Command(
        name = "replan",
        mixinStandardHelpOptions = true,
        description = {
            "A fleet to which things happen: applies each event to the live arrangement and mends what it touched.",
            "After every 1,000 events a search of the given effort starts from the same state, to compare."
        })
final class ReplanCommand implements Callable<Integer> {
    private static final int MOST_EVENTS = 1_000_000;

    @Spec
    private CommandSpec spec;

    @Mixin
    private FleetOptions fleet;

    @Option(
            names = "--events",
            defaultValue = "10000",
            paramLabel = "N",
            description = "How many. Default: ${DEFAULT-VALUE}.")
    private int events;

    @Mixin
    private EffortOptions effort;

    @Mixin
    private ReportOutput output;

    private final ProcessClock clock = new ProcessClock();

    @Override
    public Integer call() {
        if (events < 1 || events > MOST_EVENTS) {
            throw new ParameterException(
                    spec.commandLine(), "--events must be from 1 to " + MOST_EVENTS + " (" + events + ").");
        }
        return output.print(ReplanBench.run(fleet.instance(), events, effort.effort(), clock), clock.sinceStart());
    }
}
