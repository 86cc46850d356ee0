package dev.drover.cli.bench;

import dev.drover.placement.search.Progress;
import java.io.Console;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Shows on a terminal how the cost falls, and writes it down where that is asked for. */
final class CostsOption implements Progress {
    private static final long MILLIS_BETWEEN_LINES = 1000;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(
            names = "--costs",
            paramLabel = "FILE",
            description = "Write each better cost there when it is found, as a table of milliseconds and costs.")
    private @Nullable Path file;

    private final boolean isWatched = isTerminal(System.console());
    private final List<String> lines = new ArrayList<>(List.of("millis,cost"));
    private long shownAt;

    private static boolean isTerminal(@Nullable Console console) {
        return console != null && console.isTerminal();
    }

    @Override
    public void better(long millis, long cost) {
        if (file != null) {
            lines.add(millis + "," + cost);
        }
        if (isWatched && millis >= shownAt + MILLIS_BETWEEN_LINES) {
            shownAt = millis;
            spec.commandLine().getErr().printf("%d s: cost %d%n", millis / 1000, cost);
        }
    }

    /** To be called when the search has ended. */
    void write() {
        if (file != null) {
            OutputFile.write(spec, "--costs", file, lines);
        }
    }
}
