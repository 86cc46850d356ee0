package dev.drover.bench.btrplace;

import dev.drover.bench.Report;
import dev.drover.bench.Stopwatch;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;

/** Plans one instance of BtrPlace. */
public final class BtrPlaceBench {
    private BtrPlaceBench() {}

    /**
     * Valid is what breaks nothing at any instant, and all that is to hold holds at the end.
     *
     * @throws dev.drover.bench.BadInstance when the file is missing or wrong
     */
    public static Report run(Path path, InstantSource clock) {
        Reconfiguration instance = ReconfigurationReader.read(path);
        Stopwatch watch = Stopwatch.start(clock);
        List<Action> actions = ActionPlanner.plan(instance);
        long millis = watch.millis();
        List<String> breaches = ActionCheck.breaches(instance, actions);
        return Report.judged("btrplace", path.toString(), breaches)
                .with("solveMillis", millis)
                .with("relocations", count(actions, Action.Migrate.class))
                .with("lowerBound", RelocationBound.of(instance))
                .with("boots", count(actions, Action.Boot.class))
                .with("allocations", count(actions, Action.Allocate.class))
                .with("makespan", actions.stream().mapToLong(Action::end).max().orElse(0))
                .with("sumOfEnds", actions.stream().mapToLong(Action::end).sum());
    }

    private static long count(List<Action> actions, Class<? extends Action> kind) {
        return actions.stream().filter(kind::isInstance).count();
    }
}
