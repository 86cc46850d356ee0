package dev.drover.cli.bench;

import dev.drover.placement.search.SearchEffort;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** How long to search, and from which seed. */
final class EffortOptions {

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(
            names = "--seed",
            defaultValue = "1",
            description = "The seed of all random choices. Default: ${DEFAULT-VALUE}.")
    private long seed;

    @Option(
            names = "--threads",
            defaultValue = "2",
            description = "Searches beside each other. Default: ${DEFAULT-VALUE}.")
    private int threads;

    @Option(
            names = "--seconds",
            defaultValue = "0",
            description = "Search for this time. Default: 10, without --moves.")
    private double seconds;

    @Option(
            names = "--moves",
            defaultValue = "0",
            description = "Search through this many proposals: the result is the same on every machine.")
    private long moves;

    SearchEffort effort() {
        if (threads < 1 || threads > 64) {
            throw wrong("--threads must be from 1 to 64 (" + threads + ")");
        }
        if (seconds < 0 || moves < 0 || Double.isNaN(seconds) || seconds > 86_400) {
            throw wrong("--seconds must be from 0 to 86400 and --moves not negative (" + seconds + ", " + moves + ")");
        }
        if (seconds > 0 && moves > 0) {
            throw wrong("give --seconds or --moves, not both (" + seconds + ", " + moves + ")");
        }
        long millis = moves > 0 ? 0 : Math.max(1, Math.round(1000 * (seconds > 0 ? seconds : 10)));
        return new SearchEffort(seed, threads, millis, moves);
    }

    private ParameterException wrong(String message) {
        return new ParameterException(spec.commandLine(), message + ".");
    }
}
