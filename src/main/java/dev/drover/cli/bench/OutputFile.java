package dev.drover.cli.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** Writes what an option asks for. */
final class OutputFile {
    private OutputFile() {}

    /**
     * @param option that named the file
     * @throws ParameterException when it can't be written
     */
    static void write(CommandSpec command, String option, Path file, List<String> lines) {
        try {
            Files.write(file, lines);
        } catch (IOException failed) {
            throw new ParameterException(
                    command.commandLine(),
                    file + " can't be written (" + failed.getMessage() + "). Name another file by " + option + ".");
        }
    }
}
