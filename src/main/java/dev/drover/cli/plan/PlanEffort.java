package dev.drover.cli.plan;

import dev.drover.placement.Effort;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** How long to search for a plan, and from which seed; as long as the operator does when nothing is given. */
final class PlanEffort {
    private static final double LONGEST_SECONDS = 86_400;

    /** A guard only: a search through a number of proposals ends by itself. */
    private static final long NO_HURRY_MILLIS = 86_400_000;

    /** More proposals than any time is enough for, and few enough to be multiplied. */
    private static final long BY_TIME = 1L << 50;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(
            names = "--seed",
            defaultValue = "1",
            description = "The seed of all random choices. Default: ${DEFAULT-VALUE}.")
    private long seed;

    @Option(
            names = "--seconds",
            paramLabel = "S",
            description = "Search for at most this time. Default: as the operator, 2 seconds.")
    private @Nullable Double seconds;

    @Option(
            names = "--moves",
            paramLabel = "N",
            description = "Search through at most this many proposals: the result is the same on every machine.")
    private @Nullable Long moves;

    Effort effort() {
        if (seconds != null && moves != null) {
            throw wrong("give --seconds or --moves, not both (" + seconds + ", " + moves + ").");
        }
        if (seconds != null) {
            if (!(seconds > 0) || seconds > LONGEST_SECONDS) {
                throw wrong("--seconds must be above 0 and at most 86400 (" + seconds + ").");
            }
            return new Effort(seed, BY_TIME, Math.max(1, Math.round(1000 * seconds)));
        }
        if (moves != null) {
            if (moves < 1 || moves > BY_TIME) {
                throw wrong("--moves must be from 1 to " + BY_TIME + " (" + moves + ").");
            }
            return new Effort(seed, moves, NO_HURRY_MILLIS);
        }
        return new Effort(seed, Effort.DEFAULT.proposals(), Effort.DEFAULT.millis());
    }

    private ParameterException wrong(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
