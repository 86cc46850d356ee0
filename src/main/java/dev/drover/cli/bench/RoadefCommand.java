package dev.drover.cli.bench;

import dev.drover.bench.roadef.RoadefBench;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code drover bench roadef}. */
@Command(
        name = "roadef",
        mixinStandardHelpOptions = true,
        description = "The machine reassignment problem of the ROADEF/EURO challenge 2012.")
final class RoadefCommand implements Callable<Integer> {

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

    private final ProcessClock clock = new ProcessClock();

    @Override
    public Integer call() throws IOException {
        RoadefBench.Run run = RoadefBench.run(instance, effort.effort(), clock);
        if (solution != null) {
            Files.writeString(solution, run.solution());
        }
        return output.print(run.report(), clock.sinceStart());
    }
}
