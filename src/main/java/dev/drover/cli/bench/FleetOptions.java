package dev.drover.cli.bench;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/** The file of a fleet. */
final class FleetOptions {

    @Option(
            names = "--instance",
            required = true,
            paramLabel = "FILE",
            description = "The fleet: a table of integers, packed by gzip or not.")
    private Path instance;

    Path instance() {
        return instance;
    }
}
