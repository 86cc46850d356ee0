package dev.drover.cli.bench;

import dev.drover.bench.Report;
import dev.drover.bench.btrplace.BtrPlaceBench;
import dev.drover.bench.fleet.FleetBench;
import dev.drover.bench.sequence.SequenceBench;
import dev.drover.bench.start.StartBench;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * {@code drover bench}: the engine on published and generated instances. Every kind takes an effort and checks it; what is found at once
 * does not depend on it.
 */
@Command(
        name = "bench",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "KIND",
        description = {
            "Measures the engine on files, without a cluster. One configuration serves every instance.",
            "Exit code 0 only when an independent check calls the result valid."
        },
        subcommands = {
            RoadefCommand.class,
            ReplanCommand.class,
            PlanetLabCommand.class,
            ForecastCommand.class,
            GenerateCommand.class
        })
public final class BenchCommand {
    private final ProcessClock clock = new ProcessClock();

    @Command(
            mixinStandardHelpOptions = true,
            description = "A fleet with a third of its nodes hot: the least cost of load and moves within the effort.")
    int rebalance(
            @Mixin FleetOptions fleet,
            @Mixin EffortOptions effort,
            @Mixin CostsOption costs,
            @Mixin ReportOutput output) {
        Report report = FleetBench.rebalance(fleet.instance(), effort.effort(), clock, costs);
        costs.write();
        return output.print(report, clock.sinceStart());
    }

    @Command(
            mixinStandardHelpOptions = true,
            description =
                    "A fleet with nodes over their capacity: relieves them by the fewest and smallest moves it finds at once.")
    int repair(@Mixin FleetOptions fleet, @Mixin EffortOptions effort, @Mixin ReportOutput output) {
        effort.effort();
        return output.print(FleetBench.repair(fleet.instance(), clock), clock.sinceStart());
    }

    @Command(
            mixinStandardHelpOptions = true,
            description =
                    "A fleet of which some nodes are to be emptied: finds a place for everything on them and orders the moves.")
    int evacuate(
            @Mixin FleetOptions fleet,
            @Mixin SettingOption setting,
            @Mixin EffortOptions effort,
            @Mixin ReportOutput output) {
        effort.effort();
        return output.print(FleetBench.evacuate(fleet.instance(), setting.setting(), clock), clock.sinceStart());
    }

    @Command(
            mixinStandardHelpOptions = true,
            description =
                    "Empty nodes and virtual machines that start: places one after the other until one finds no node.")
    int place(
            @Mixin FleetOptions file,
            @Option(names = "--plain", description = "Ignores groups and zones.") boolean isPlain,
            @Mixin EffortOptions effort,
            @Mixin ReportOutput output) {
        effort.effort();
        return output.print(StartBench.place(file.instance(), isPlain, clock), clock.sinceStart());
    }

    @Command(
            mixinStandardHelpOptions = true,
            description = "Moves between nodes that hold room at both ends: the order in which they end soonest.")
    int sequence(
            @Mixin FleetOptions fleet,
            @Mixin SettingOption setting,
            @Mixin EffortOptions effort,
            @Mixin ReportOutput output) {
        effort.effort();
        return output.print(SequenceBench.run(fleet.instance(), setting.setting(), clock), clock.sinceStart());
    }

    @Command(
            mixinStandardHelpOptions = true,
            description =
                    "An instance of BtrPlace in its JSON: boots, migrations and allocations that make its rules hold.")
    int btrplace(
            @Option(
                            names = "--instance",
                            required = true,
                            paramLabel = "FILE",
                            description = "The instance, packed by gzip or not.")
                    Path instance,
            @Mixin EffortOptions effort,
            @Mixin ReportOutput output) {
        effort.effort();
        return output.print(BtrPlaceBench.run(instance, clock), clock.sinceStart());
    }
}
