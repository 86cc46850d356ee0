package dev.drover.cli;

import dev.drover.bench.BadInstance;
import dev.drover.cli.bench.BenchCommand;
import dev.drover.cli.copy.CopyCommand;
import dev.drover.cli.plan.PlanCommand;
import dev.drover.cli.service.ServiceCommand;
import dev.drover.dump.BadFile;
import io.fabric8.kubernetes.client.KubernetesClientException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** The root of the command line: knows the verbs and turns every failure into one clear message and an exit code. */
@Command(
        name = "drover",
        mixinStandardHelpOptions = true,
        versionProvider = VersionCommand.class,
        synopsisSubcommandLabel = "VERB",
        description =
                "Balances the workload of KubeVirt: places, rebalances and live-migrates virtual machines under constraints.",
        subcommands = {
            OperatorCommand.class,
            LiftGatesCommand.class,
            DumpCommand.class,
            PlanCommand.class,
            ServiceCommand.class,
            BenchCommand.class,
            CopyCommand.class,
            VersionCommand.class
        })
public final class DroverCommand {

    private DroverCommand() {}

    /**
     * Runs one command line to its end.
     *
     * @return the exit code: 0 success, 1 the verb failed, 2 the command line or a file that it names is wrong
     */
    public static int run(String... arguments) {
        return commandLine().execute(arguments);
    }

    static CommandLine commandLine() {
        return new CommandLine(new DroverCommand())
                .setExecutionExceptionHandler(DroverCommand::report)
                .setParameterExceptionHandler(DroverCommand::report)
                .setCaseInsensitiveEnumValuesAllowed(true);
    }

    private static int report(Exception failure, CommandLine command, ParseResult parsed) {
        command.getErr().println("drover: " + message(failure));
        return failure instanceof BadInstance || failure instanceof BadFile
                ? command.getCommandSpec().exitCodeOnInvalidInput()
                : command.getCommandSpec().exitCodeOnExecutionException();
    }

    private static int report(ParameterException mistake, String... arguments) {
        CommandLine command = mistake.getCommandLine();
        command.getErr().println("drover: " + mistake.getMessage());
        command.getErr().println("Try: " + command.getCommandSpec().qualifiedName() + " --help");
        return command.getCommandSpec().exitCodeOnInvalidInput();
    }

    private static String message(Exception failure) {
        if (failure instanceof KubernetesClientException refused) {
            return refused.getCode() <= 0
                    ? "the API server did not answer (" + rootMessage(refused)
                            + "). Check --kubeconfig, or the KUBECONFIG variable, and that the cluster runs."
                    : "the API server refused (" + refused.getMessage()
                            + "). Check the rights of this user or service account.";
        }
        return failure.getMessage() == null ? failure.toString() : failure.getMessage();
    }

    private static String rootMessage(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root.getMessage() == null ? root.toString() : root.getMessage();
    }
}
