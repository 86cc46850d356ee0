package dev.drover.testbed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProgramsTest {

    private Layout layout;

    @BeforeEach
    void programsThatSleepAndFail(@TempDir Path temporary) throws IOException {
        Path folder = Files.createDirectories(temporary.toRealPath().resolve("run"));
        Path bin = Files.createDirectories(temporary.toRealPath().resolve("bin"));
        script(bin.resolve("sleeper"), "trap '' TERM\nwhile :; do sleep 0.2; done");
        script(bin.resolve("failure"), "echo 'no such port'\nexit 3");
        layout = new Layout(Layout.findProject(), temporary.toRealPath(), folder);
    }

    @Test
    void closingEndsAProgramEvenIfItDoesNotListen() {
        Programs programs = new Programs(layout);
        programs.start("sleeper", List.of(layout.folder().toString()));
        awaitRunning("bin/sleeper");

        programs.close();

        assertThat(RunningPrograms.mentioning(layout.folder())).isEmpty();
    }

    @Test
    void whatAKilledKeeperCouldNotEndIsEndedLater() {
        Programs programs = new Programs(layout);
        programs.start("sleeper", List.of(layout.folder().toString()));
        awaitRunning("bin/sleeper");
        ProcessHandle.allProcesses()
                .filter(process -> process.info().commandLine().orElse("").contains("keeper.sh " + layout.folder()))
                .forEach(ProcessHandle::destroyForcibly);
        Awaitility.await()
                .atMost(Duration.ofSeconds(10))
                .until(() -> RunningPrograms.mentioning(layout.folder()).size() == 1);

        Programs.endLeftovers(layout);

        assertThat(RunningPrograms.mentioning(layout.folder())).isEmpty();
    }

    @Test
    void aForeignProcessThatGotThePidOfAnEndedProgramIsSpared() throws IOException {
        Process foreign = new ProcessBuilder("sleep", "60").start();
        try {
            Files.writeString(layout.folder().resolve("sleeper.pid"), Long.toString(foreign.pid()));

            Programs.endLeftovers(layout);

            assertThat(foreign.isAlive()).isTrue();
        } finally {
            foreign.destroyForcibly();
        }
    }

    @Test
    void aProgramThatEndsByItselfIsReportedWithItsLastWords() {
        try (Programs programs = new Programs(layout)) {
            programs.start("failure", List.of());
            Awaitility.await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> assertThatThrownBy(
                            programs::requireAll)
                    .hasMessageContaining("(failure) ended with code (3)")
                    .hasMessageContaining("no such port"));
            assertThatThrownBy(() -> programs.run("failure", List.of(), Map.of()))
                    .hasMessageContaining("no such port");
        }
    }

    private void awaitRunning(String program) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(10))
                .until(() -> RunningPrograms.mentioning(layout.folder()).stream()
                        .anyMatch(line -> line.contains(program) && !line.contains("launch.sh")));
    }

    private static void script(Path file, String text) throws IOException {
        Files.writeString(file, "#!/bin/sh\n" + text + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
}
