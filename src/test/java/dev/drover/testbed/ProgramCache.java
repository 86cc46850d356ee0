package dev.drover.testbed;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** The programs, built from the pinned Go modules when they are not there yet (testbed/build.sh). */
final class ProgramCache {

    private ProgramCache() {}

    /** Returns the folder of the programs. Minutes when they must be built, with progress on standard error; else 0.2 s. */
    static Path build(Path project) {
        String script = project.resolve("testbed/build.sh").toString();
        try {
            Process process = new ProcessBuilder("bash", script)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            process.getOutputStream().close();
            List<String> lines = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
            int code = process.waitFor();
            if (code != 0 || lines.isEmpty()) {
                throw new IllegalStateException("(" + script + ") ended with code (" + code
                        + "). Its messages are on standard error; \"make prerequisites\" checks what it needs.");
            }
            return Path.of(lines.getLast()).toRealPath();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot run (" + script + ")", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while building the programs", e);
        }
    }
}
