package dev.drover.install;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A program that was run to its end.
 *
 * @param code its exit code
 */
record Command(int code, String output, String errors) {

    static Command run(List<String> command) {
        return run(command, Map.of());
    }

    static Command run(List<String> command, Map<String, String> environment) {
        try {
            Path errors = Files.createTempFile("drover-test-", ".err");
            try {
                ProcessBuilder builder = new ProcessBuilder(command).redirectError(errors.toFile());
                builder.environment().putAll(environment);
                Process process = builder.start();
                process.getOutputStream().close();
                String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
                return new Command(process.waitFor(), output, Files.readString(errors));
            } finally {
                Files.delete(errors);
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while running " + command, interrupted);
        }
    }

    /** The output of a command that must succeed. */
    String orFail() {
        if (code != 0) {
            throw new AssertionError("ended with code " + code + ": " + errors + output);
        }
        return output;
    }
}
