package dev.drover.cli.bench;

import dev.drover.bench.Report;
import dev.drover.bench.btrplace.BtrPlaceBench;
import dev.drover.bench.fleet.FleetBench;
import dev.drover.bench.fleet.ReplanBench;
import dev.drover.bench.roadef.RoadefBench;
import dev.drover.bench.sequence.SequenceBench;
import dev.drover.bench.start.StartBench;
import dev.drover.config.SteadyClock;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

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
            PlanetLabCommand.class,
            ForecastCommand.class,
            ScalingCommand.class,
            PremoveCommand.class,
            GenerateCommand.class
        })
public final class BenchCommand {
    private static final int MOST_EVENTS = 1_000_000;

    private final InstantSource clock = new SteadyClock();

    @Spec
    private CommandSpec spec;

    @Command(
            mixinStandardHelpOptions = true,
            description = "The machine reassignment problem of the ROADEF/EURO challenge 2012.")
    int roadef(
            @Option(
                            names = "--instance",
                            required = true,
                            paramLabel = "DIR/ID",
                            description = "Reads DIR/model_ID.txt and DIR/assignment_ID.txt, or those with .gz.")
                    Path instance,
            @Option(
                            names = "--solution",
                            paramLabel = "FILE",
                            description = "Write the assignment there, in the official format.")
                    @Nullable
                    Path solution,
            @Mixin EffortOptions effort,
            @Mixin CostsOption costs,
            @Mixin ReportOutput output) {
        RoadefBench.Run run = RoadefBench.run(instance, effort.effort(), clock, costs);
        costs.write();
        if (solution != null) {
            OutputFile.write(spec, "--solution", solution, List.of(run.solution()));
        }
        return output.print(run.report());
    }

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
        return output.print(report);
    }

    @Command(
            mixinStandardHelpOptions = true,
            description =
                    "A fleet with nodes over their capacity: relieves them by the fewest and smallest moves it finds at once.")
    int repair(@Mixin FleetOptions fleet, @Mixin EffortOptions effort, @Mixin ReportOutput output) {
        effort.effort();
        return output.print(FleetBench.repair(fleet.instance(), clock));
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
        return output.print(FleetBench.evacuate(fleet.instance(), setting.setting(), clock));
    }

    @Command(
            mixinStandardHelpOptions = true,
            description = {
                "A fleet to which things happen: applies each event to the live arrangement and mends what it touched.",
                "After every 1,000 events a search of the given effort starts from the same state, to compare."
            })
    int replan(
            @Mixin FleetOptions fleet,
            @Option(
                            names = "--events",
                            defaultValue = "10000",
                            paramLabel = "N",
                            description = "How many. Default: ${DEFAULT-VALUE}.")
                    int events,
            @Mixin EffortOptions effort,
            @Mixin ReportOutput output) {
        if (events < 1 || events > MOST_EVENTS) {
            throw new ParameterException(
                    spec.commandLine(), "--events must be from 1 to " + MOST_EVENTS + " (" + events + ").");
        }
        return output.print(ReplanBench.run(fleet.instance(), events, effort.effort(), clock));
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
        return output.print(StartBench.place(file.instance(), isPlain, clock));
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
        return output.print(SequenceBench.run(fleet.instance(), setting.setting(), clock));
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
        return output.print(BtrPlaceBench.run(instance, clock));
    }
}
