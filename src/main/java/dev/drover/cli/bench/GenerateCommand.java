package dev.drover.cli.bench;

import dev.drover.bench.generate.Kind;
import java.nio.file.Path;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code drover bench generate}. */
@Command(
        name = "generate",
        mixinStandardHelpOptions = true,
        description = "Writes an instance of any size; the same for the same seed.")
final class GenerateCommand implements Callable<Integer> {
    private static final int FEWEST_NODES = 3;
    private static final int MOST_NODES = 100_000;

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "KIND", description = "${COMPLETION-CANDIDATES}.")
    private Kind kind;

    @Option(names = "--nodes", required = true, paramLabel = "N", description = "How many nodes, 3 or more.")
    private int nodes;

    @Option(names = "--seed", defaultValue = "1", description = "The seed. Default: ${DEFAULT-VALUE}.")
    private long seed;

    @Option(names = "--out", required = true, paramLabel = "FILE", description = "Where it is written.")
    private Path out;

    @Override
    public Integer call() {
        if (nodes < FEWEST_NODES || nodes > MOST_NODES) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--nodes must be from " + FEWEST_NODES + " to " + MOST_NODES + " (" + nodes + ").");
        }
        OutputFile.write(spec, "--out", out, kind.lines(nodes, new SplittableRandom(seed)));
        return ExitCode.OK;
    }
}
