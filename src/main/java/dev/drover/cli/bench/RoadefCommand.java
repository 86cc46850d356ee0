package dev.drover.cli.bench;

import dev.drover.bench.roadef.RoadefBench;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code drover bench roadef}. */
@Command(
        name = "roadef",
        mixinStandardHelpOptions = true,
        description = "The machine reassignment problem of the ROADEF/EURO challenge 2012.")
final class RoadefCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Mixin
    private EffortOptions effort;

    @Mixin
    private ReportOutput output;

    @Option(
            names = "--instance",
            required = true,
            paramLabel = "DIR/ID",
            description = "Reads DIR/model_ID.txt and DIR/assignment_ID.txt, or those with .gz.")
    private Path instance;

    @Option(
            names = "--solution",
            paramLabel = "FILE",
            description = "Write the assignment there, in the official format.")
    private @Nullable Path solution;

    @Mixin
    private CostsOption costs;

    private final ProcessClock clock = new ProcessClock();

    @Override
    public Integer call() {
        RoadefBench.Run run = RoadefBench.run(instance, effort.effort(), clock, costs);
        costs.write();
        if (solution != null) {
            OutputFile.write(spec, "--solution", solution, List.of(run.solution()));
        }
        return output.print(run.report(), clock.sinceStart());
    }
}
