package dev.drover.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The lines of the guide do what it says, in its order. */
class HowToTest {
    private static final Path GUIDE = Path.of("docs/how-to/ask-what-drover-would-do.md");
    private static final String COMMAND = "    bin/drover ";

    @TempDir
    private Path folder;

    @Test
    void the_commands_of_the_guide_succeed_and_print_what_it_shows() throws IOException {
        List<String> printed = new ArrayList<>();
        int commands = 0;
        boolean isShown = false;
        for (String line : Files.readAllLines(GUIDE)) {
            if (line.startsWith(COMMAND)) {
                printed.addAll(run(line.substring(COMMAND.length())));
                commands++;
            } else if (line.equals("```")) {
                isShown = !isShown;
            } else if (isShown && !line.strip().equals("...")) {
                assertThat(printed).contains(line);
            }
        }
        assertThat(commands).isEqualTo(5);
        assertThat(printed).contains("valid: 2 moves, nothing broken at any instant");
    }

    private List<String> run(String line) throws IOException {
        String[] parts = line.replace("plan.json", folder.resolve("plan.json").toString())
                .split(" > ");
        StringWriter out = new StringWriter();
        int code = DroverCommand.commandLine()
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(out, true))
                .execute(parts[0].split(" "));
        assertThat(code).as("%s: %s", line, out).isZero();
        if (parts.length > 1) {
            Files.writeString(Path.of(parts[1]), out.toString());
        }
        return out.toString().lines().toList();
    }
}
