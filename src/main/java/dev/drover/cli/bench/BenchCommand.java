package dev.drover.cli.bench;

import picocli.CommandLine.Command;

/** {@code drover bench}: the engine on published and generated instances. */
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
            RebalanceCommand.class,
            RepairCommand.class,
            EvacuateCommand.class,
            PlaceCommand.class,
            ReplanCommand.class,
            SequenceCommand.class
        })
public final class BenchCommand {}
