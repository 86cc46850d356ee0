package dev.drover.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whatever is in its file, each kind of bench ends with figures or with a message, and never with what only a programmer reads. */
class BenchMistakesTest {
    private static final int STEP = 5;
    private static final int DAMAGED = 40;
    private static final String DAMAGE = "0123456789-,.:\"[]{} \nxN";

    /** A small instance for each kind. */
    enum Kind {
        ROADEF("1\n0 10\n2\n0 0 9 5 0 1\n0 1 9 5 1 0\n1\n1 0\n2\n0 3 1\n0 2 1\n0\n1 10 100\n", "model_x.txt", "x"),
        REBALANCE(
                "# nodes,3,cpu capacity,640,memory capacity,256\nnode,cpu,memory,group\n0,389,13,\n0,344,12,5\n1,3,9,5\n"),
        REPAIR(
                "# nodes,3,cpu capacity,640,memory capacity,256\nnode,cpu,memory,group\n0,389,13,\n0,344,12,5\n1,3,9,5\n"),
        EVACUATE(
                "# nodes,3,cpu capacity,640,memory capacity,256\n# evacuate,0,2\nnode,cpu,memory,group\n0,89,13,\n0,44,12,5\n"),
        REPLAN(
                "# nodes,3,cpu capacity,640,memory capacity,256\nnode,cpu,memory,group\n0,389,13,\n0,344,12,5\n1,3,9,5\n"),
        PLACE(
                "# nodes,3,cpu capacity,640,memory capacity,256\ncpu,memory,spread,colocate,zone\n32,16,1,,\n64,24,,8,2\n"),
        SEQUENCE("# nodes,3,cpu capacity,640,memory capacity,256\nnode,memory,dirtyMBps,target\n0,89,13,2\n1,44,12,\n"),
        BTRPLACE(
                """
                {"model":{"mapping":{"readyVMs":[1],"onlineNodes":{"0":{"runningVMs":[3]},"5":{}},"offlineNodes":[7]},
                "attributes":{"nodes":{},"vms":{"1":{"boot":6}}},
                "views":[{"id":"shareableResource","rcId":"cpu","defCapacity":8,"defConsumption":0,"nodes":{"0":9},"vms":{"1":2,"3":4}}]},
                "constraints":[{"id":"running","vm":1,"continuous":false},{"id":"spread","vms":[1,3],"continuous":true},
                {"id":"preserve","vm":3,"rc":"cpu","amount":5,"continuous":false},
                {"id":"among","vms":[1],"parts":[[0],[5,7]],"continuous":true}]}
                """),
        FORECAST("7 8\n".repeat(30));

        private final String text;
        private final String file;
        private final String instance;

        Kind(String text) {
            this(text, "instance", "instance");
        }

        Kind(String text, String file, String instance) {
            this.text = text;
            this.file = file;
            this.instance = instance;
        }

        private List<String> arguments(Path folder) {
            List<String> arguments = new ArrayList<>(List.of(
                    "bench",
                    name().toLowerCase(Locale.ROOT),
                    this == FORECAST ? "--trace" : "--instance",
                    folder.resolve(instance).toString(),
                    "--moves",
                    "2000",
                    "--threads",
                    "1"));
            if (this == REPLAN) {
                arguments.addAll(List.of("--events", "40"));
            }
            return arguments;
        }
    }

    private record Ended(int code, String errors) {}

    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource
    void a_file_that_is_cut_off_or_damaged_ends_with_figures_or_with_the_place_of_the_mistake(Kind kind)
            throws IOException {
        Files.writeString(folder.resolve("assignment_x.txt"), "0 1\n");
        for (int end = 0; end < kind.text.length(); end += STEP) {
            ends(kind, kind.text.substring(0, end));
        }
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < DAMAGED; i++) {
            StringBuilder text = new StringBuilder(kind.text);
            for (int j = random.nextInt(3); j >= 0; j--) {
                int at = random.nextInt(text.length());
                String instead = Stream.generate(() -> DAMAGE.charAt(random.nextInt(DAMAGE.length())))
                        .limit(random.nextInt(3) == 0 ? random.nextInt(20) : 1)
                        .collect(StringBuilder::new, StringBuilder::append, StringBuilder::append)
                        .toString();
                text.replace(at, at + 1, instead);
            }
            ends(kind, text.toString());
        }
    }

    private void ends(Kind kind, String text) throws IOException {
        Files.writeString(folder.resolve(kind.file), text);
        Ended ended = run(kind.arguments(folder));
        if (ended.code() == 2) {
            assertThat(ended.errors())
                    .as(text)
                    .startsWith("drover: " + folder)
                    .containsPattern("line \\d+|the given assignment|is too short")
                    .doesNotContain("Exception");
        } else {
            assertThat(ended.errors()).as(text).isEmpty();
            assertThat(ended.code()).as(text).isIn(0, 1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void what_is_no_file_or_not_packed_as_its_name_says_is_refused(Kind kind) throws IOException {
        Files.writeString(folder.resolve("assignment_x.txt"), "0 1\n");
        refused(kind);
        Files.write(folder.resolve(kind.file), new byte[0]);
        refused(kind);
        Files.write(folder.resolve(kind.file), new byte[] {0, -1, 7, 31, -117});
        refused(kind);
        Files.delete(folder.resolve(kind.file));
        Files.createDirectory(folder.resolve(kind.file));
        refused(kind);
        Files.write(folder.resolve(kind.file + ".gz"), kind.text.getBytes(StandardCharsets.UTF_8));
        refused(kind);
    }

    private void refused(Kind kind) {
        Ended ended = run(kind.arguments(folder));
        assertThat(ended.errors())
                .startsWith("drover: ")
                .contains(folder.toString())
                .doesNotContain("Exception");
        assertThat(ended.code()).isEqualTo(2);
    }

    @Test
    void the_root_of_the_file_system_is_no_instance() {
        for (Kind kind : Kind.values()) {
            if (kind != Kind.FORECAST) {
                List<String> arguments = kind.arguments(folder);
                arguments.set(3, "/");
                assertThat(run(arguments).code()).as(kind.name()).isEqualTo(2);
            }
        }
    }

    private static Ended run(List<String> arguments) {
        StringWriter errors = new StringWriter();
        int code = DroverCommand.commandLine()
                .setOut(new PrintWriter(new StringWriter()))
                .setErr(new PrintWriter(errors, true))
                .execute(arguments.toArray(String[]::new));
        return new Ended(code, errors.toString());
    }
}
