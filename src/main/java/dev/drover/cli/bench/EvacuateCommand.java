package dev.drover.cli.bench;

import dev.drover.bench.fleet.FleetBench;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code drover bench evacuate}. */
@Command(
        name = "evacuate",
        mixinStandardHelpOptions = true,
        description =
                "A fleet of which some nodes are to be emptied: finds a place for everything on them and orders the moves.")
final class EvacuateCommand implements Callable<Integer> {

    @Mixin
    private FleetOptions fleet;

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
        return output.print(FleetBench.evacuate(fleet.instance(), setting.setting(), clock), clock.sinceStart());
    }
}
