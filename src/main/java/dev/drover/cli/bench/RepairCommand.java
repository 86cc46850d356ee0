package dev.drover.cli.bench;

import dev.drover.bench.fleet.FleetBench;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code drover bench repair}. */
@Command(
        name = "repair",
        mixinStandardHelpOptions = true,
        description =
                "A fleet with nodes over their capacity: relieves them by the fewest and smallest moves it finds at once.")
final class RepairCommand implements Callable<Integer> {

    @Mixin
    private FleetOptions fleet;

    @Mixin
    private ReportOutput output;

    /** Checked like that of every kind; the result is found at once and does not depend on it. */
    @Mixin
    private EffortOptions effort;

    private final ProcessClock clock = new ProcessClock();

    @Override
    public Integer call() {
        effort.effort();
        return output.print(FleetBench.repair(fleet.instance(), clock), clock.sinceStart());
    }
}
