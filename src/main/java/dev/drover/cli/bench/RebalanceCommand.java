package dev.drover.cli.bench;

import dev.drover.bench.fleet.FleetBench;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code drover bench rebalance}. */
@Command(
        name = "rebalance",
        mixinStandardHelpOptions = true,
        description = "A fleet with a third of its nodes hot: the least cost of load and moves within the effort.")
final class RebalanceCommand implements Callable<Integer> {

    @Mixin
    private FleetOptions fleet;

    @Mixin
    private EffortOptions effort;

    @Mixin
    private ReportOutput output;

    private final ProcessClock clock = new ProcessClock();

    @Override
    public Integer call() {
        return output.print(FleetBench.rebalance(fleet.instance(), effort.effort(), clock), clock.sinceStart());
    }
}
