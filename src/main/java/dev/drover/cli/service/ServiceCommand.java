package dev.drover.cli.service;

import picocli.CommandLine.Command;

/** {@code drover service}: services of the cluster that the kubeconfig names. */
@Command(
        name = "service",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "VERB",
        description =
                "Shows how services made of several applications stand, and orders their restart and the relocation of their virtual machines.",
        subcommands = {
            ServiceStatusCommand.class,
            ServiceGraphCommand.class,
            ServiceRestartCommand.class,
            ServiceRelocateCommand.class
        })
public final class ServiceCommand {}
