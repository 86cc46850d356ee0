package dev.drover.testbed;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PrerequisitesTest {

    private static final List<String> EVERYWHERE =
            List.of("bash", "env", "dirname", "readlink", "uname", "sort", "head", "sed", "printf", "grep");

    @Test
    void everythingThatIsMissingIsNamedAtOnceWithWhereToGetIt(@TempDir Path path) throws Exception {
        String answer = prerequisites(path);

        assertThat(answer)
                .contains("Missing on this machine:")
                .contains("mvn: Maven 3.8.7 or newer")
                .contains("https://go.dev/dl")
                .contains("https://nodejs.org")
                .contains("(package git)")
                .contains("(package util-linux)")
                .endsWith("exit 1");
    }

    @Test
    void aToolThatIsTooOldIsNamedWithItsVersion(@TempDir Path path) throws Exception {
        tool(path, "go", "echo go1.22.3");

        assertThat(prerequisites(path)).contains("Go 1.26 or newer: this is 1.22.3.");
    }

    @Test
    void thisMachineHasThemAll() throws Exception {
        assertThat(run(System.getenv("PATH"))).isEqualTo("exit 0");
    }

    /** The script's answer where only {@code path} and what every Linux has can be found. */
    private static String prerequisites(Path path) throws Exception {
        for (String tool : EVERYWHERE) {
            for (String folder : List.of("/usr/bin", "/bin")) {
                Path real = Path.of(folder, tool);
                if (Files.exists(real) && !Files.exists(path.resolve(tool))) {
                    Files.createSymbolicLink(path.resolve(tool), real);
                }
            }
        }
        return run(path.toString());
    }

    private static String run(String path) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(
                        "/bin/bash",
                        Layout.findProject().resolve("bin/prerequisites").toString())
                .redirectErrorStream(true);
        builder.environment().put("PATH", path);
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return output + "exit " + process.waitFor();
    }

    private static void tool(Path path, String name, String text) throws IOException {
        Path file = Files.writeString(path.resolve(name), "#!/bin/sh\n" + text + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
}
