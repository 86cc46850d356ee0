package dev.drover.cli.copy;

import dev.drover.config.Pause;
import dev.drover.config.SteadyClock;
import dev.drover.copy.CopyFailure;
import dev.drover.copy.DiskSum;
import dev.drover.copy.Identity;
import dev.drover.copy.Patience;
import dev.drover.copy.Surroundings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What both sides are told, and how both report. */
final class CopyOptions {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(
            names = "--disks",
            required = true,
            paramLabel = "FOLDER",
            description = "Each entry is a disk: a folder with its files, or a block device. Both sides have the same.")
    private Path disks;

    @Option(
            names = "--identity",
            required = true,
            paramLabel = "FOLDER",
            description = "Holds tls.crt and tls.key, the same on both sides and of nobody else.")
    private Path identity;

    @Option(
            names = "--report",
            paramLabel = "FILE",
            description = "Where to write the sums as a line of JSON, or a line that says why it failed.")
    private @Nullable Path report;

    /** One side's part of a copy. */
    @FunctionalInterface
    interface Part {
        List<DiskSum> run(Path disks, Identity identity, Surroundings surroundings) throws CopyFailure;
    }

    /** Runs it and reports how it ended. */
    int run(Patience patience, Part part) throws IOException {
        try {
            Surroundings surroundings = new Surroundings(new SteadyClock(), Pause.real()::of, this::say, patience);
            String sums = DiskSum.json(part.run(disks, Identity.read(identity), surroundings));
            report(sums);
            say(sums);
            return ExitCode.OK;
        } catch (CopyFailure | RuntimeException failure) {
            report(failure.getMessage() == null ? failure.toString() : failure.getMessage());
            throw failure;
        }
    }

    /** @param what option and value, with what to do */
    ParameterException mistake(String what) {
        return new ParameterException(spec.commandLine(), what);
    }

    private void say(String line) {
        spec.commandLine().getOut().println(line);
    }

    private void report(String line) throws IOException {
        if (report == null) {
            return;
        }
        try {
            Files.writeString(report, line + "\n");
        } catch (IOException failure) {
            throw new CopyFailure(
                    "the report (" + report + ") cannot be written (" + failure + "). It would say: " + line, failure);
        }
    }
}
