package dev.drover.cli.plan;

import picocli.CommandLine.Command;

/** {@code drover plan}: plans from files, without a cluster. */
@Command(
        name = "plan",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "VERB",
        description = "Shows what Drover would do for a dump, and checks plans. Reads files only, and changes nothing.",
        subcommands = {PlanShowCommand.class, PlanVerifyCommand.class})
public final class PlanCommand {}
