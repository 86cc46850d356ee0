package dev.drover.cli.copy;

import picocli.CommandLine.Command;

/** {@code drover copy}: copies the disks of a stopped virtual machine from node to node. The operator's pods run it, seldom a person. */
@Command(
        name = "copy",
        hidden = true,
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "VERB",
        description = "Copies disks from one node to another; both sides compare what is there in the end.",
        subcommands = {ReceiveCommand.class, SendCommand.class})
public final class CopyCommand {}
