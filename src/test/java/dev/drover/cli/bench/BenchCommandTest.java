package dev.drover.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

class BenchCommandTest {
    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeEach
    void an_instance() throws IOException {
        Files.writeString(
                folder.resolve("model_x.txt"),
                "1\n0 10\n2\n0 0 9 4 0 1\n0 1 9 4 1 0\n1\n1 0\n2\n0 3 1\n0 3 1\n0\n1 10 100\n");
        Files.writeString(folder.resolve("assignment_x.txt"), "0 1\n");
    }

    @Test
    void a_run_prints_its_figures_as_json_and_writes_the_solution() throws IOException {
        Path solution = folder.resolve("solution.txt");
        Path costs = folder.resolve("costs.csv");

        int code = run(
                "roadef",
                "--instance",
                folder.resolve("x").toString(),
                "--moves",
                "20000",
                "-o",
                "json",
                "--solution",
                solution.toString(),
                "--costs",
                costs.toString());

        JsonNode figures = new ObjectMapper().readTree(out.toString());
        assertThat(code).isZero();
        assertThat(figures.get("valid").asBoolean()).isTrue();
        assertThat(figures.get("cost").asLong())
                .isLessThanOrEqualTo(figures.get("initialCost").asLong());
        assertThat(figures.get("wallMillis").asLong()).isPositive();
        assertThat(Files.readString(solution)).isEqualTo("0 1\n");
        assertThat(Files.readString(costs))
                .matches("millis,cost\n(\\d+,\\d+\n)+")
                .endsWith(",0\n");
    }

    @Test
    void a_table_is_for_people() {
        assertThat(run("roadef", "--instance", folder.resolve("x").toString(), "--moves", "20000"))
                .isZero();
        assertThat(out.toString()).containsPattern("cost +0\n").containsPattern("valid +true\n");
    }

    @Test
    void each_kind_of_fleet_runs_and_is_judged() throws IOException {
        Path fleet = Files.writeString(
                folder.resolve("fleet.csv"),
                "# nodes,2,cpu capacity,640,memory capacity,256\n# evacuate,1\nnode,cpu,memory,group\n0,300,13,\n1,44,12,\n");

        for (String kind : new String[] {"rebalance", "repair", "evacuate"}) {
            String[] arguments = {kind, "--instance", fleet.toString(), "--moves", "20000", "-o", "json"};
            assertThat(run(arguments)).as(kind).isZero();
        }
        assertThat(out.toString()).contains("\"bench\":\"evacuate\"", "\"relocations\":1", "\"makespan\":4.14");
    }

    static Stream<Arguments> extremes() {
        String one = "# nodes,1,cpu capacity,640,memory capacity,256\n";
        String three = "# nodes,3,cpu capacity,640,memory capacity,256\n";
        String fleet = "node,cpu,memory,group\n";
        String moves = "node,memory,dirtyMBps,target\n";
        return Stream.of(
                Arguments.of("rebalance", "one crowded node", one + fleet + "0,10,1,\n".repeat(200), true),
                Arguments.of("repair", "one crowded node", one + fleet + "0,10,1,\n".repeat(200), false),
                Arguments.of("repair", "one that no node holds", three + fleet + "0,641,1,\n", false),
                Arguments.of("repair", "nothing to do", three + fleet + "0,640,256,\n", true),
                Arguments.of("replan", "one node", one + fleet + "0,10,1,\n", true),
                Arguments.of("evacuate", "nowhere to go", one + "# evacuate,0\n" + fleet + "0,10,1,\n", false),
                Arguments.of(
                        "place", "a zone without a node", three + "cpu,memory,spread,colocate,zone\n1,1,,,19\n", true),
                Arguments.of(
                        "place",
                        "a group that no number holds",
                        three + "cpu,memory,spread,colocate,zone\n" + "1000000,1,,7,\n".repeat(3000),
                        true),
                Arguments.of("sequence", "a guest that writes too fast", three + moves + "0,9,3000,1\n", false),
                Arguments.of("sequence", "nothing that could move", three + moves, true));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("extremes")
    void extremes_come_to_an_end_and_what_cannot_be_is_not_called_valid(
            String kind, String what, String text, boolean isValid) throws IOException {
        Path file = Files.writeString(folder.resolve("instance.csv"), text);

        int code = run(kind, "--instance", file.toString(), "--moves", "20000", "-o", "json");

        assertThat(out.toString()).contains("\"valid\":" + isValid);
        assertThat(code).isEqualTo(isValid ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE);
    }

    @Test
    void what_starts_gets_a_node() throws IOException {
        Path arrivals = Files.writeString(
                folder.resolve("arrivals.csv"),
                "# nodes,2,cpu capacity,640,memory capacity,256\ncpu,memory,spread,colocate,zone\n9,9,1,,\n9,9,1,,\n9,9,1,,\n");

        assertThat(run("place", "--instance", arrivals.toString())).isZero();
        assertThat(out.toString()).containsPattern("placed +2\n");
        assertThat(run("place", "--plain", "--instance", arrivals.toString())).isZero();
        assertThat(out.toString()).containsPattern("placed +3\n");
    }

    @Test
    void an_instance_of_btrplace_is_planned() throws IOException {
        Path instance = Files.writeString(
                folder.resolve("instance.json"),
                """
                {"model":{"mapping":{"readyVMs":[1],"onlineNodes":{"0":{"runningVMs":[]}},"offlineNodes":[]},"views":[]},
                "constraints":[{"id":"running","vm":1}]}""");

        assertThat(run("btrplace", "--instance", instance.toString(), "-o", "json"))
                .isZero();
        assertThat(out.toString()).contains("\"bench\":\"btrplace\"", "\"boots\":1", "\"valid\":true");
    }

    @Test
    void what_cannot_be_done_is_not_called_valid() throws IOException {
        Path fleet = Files.writeString(
                folder.resolve("fleet.csv"),
                "# nodes,2,cpu capacity,640,memory capacity,256\n# evacuate,1\nnode,cpu,memory,group\n0,600,13,\n1,44,12,\n");

        assertThat(run("evacuate", "--instance", fleet.toString())).isEqualTo(CommandLine.ExitCode.SOFTWARE);
        assertThat(out.toString()).containsPattern("valid +false").contains("VM 1 is on node 1, which is to be empty");
    }

    @Test
    void moves_are_put_in_an_order_under_each_setting() throws IOException {
        Path moves = sequence("0,200,10,1\n1,200,10,0\n2,50,10,\n");

        for (String setting : new String[] {"a", "b", "c"}) {
            assertThat(run("sequence", "--instance", moves.toString(), "--setting", setting, "-o", "json"))
                    .as(setting)
                    .isZero();
        }
        assertThat(out.toString())
                .contains("\"bench\":\"sequence\"", "\"makespanRatio\":", "\"stopOvers\":1", "\"setting\":\"c\"");
    }

    @Test
    void nothing_to_move_is_an_order_too() throws IOException {
        Path moves = sequence("0,200,10,\n");

        assertThat(run("sequence", "--instance", moves.toString(), "-o", "json"))
                .isZero();
        assertThat(out.toString()).contains("\"moves\":0", "\"makespan\":0.0", "\"makespanRatio\":1.0");
    }

    @Test
    void an_order_that_leaves_something_out_is_not_called_valid() throws IOException {
        Path moves = sequence("0,200,10,1\n1,200,10,0\n2,150,10,\n");

        assertThat(run("sequence", "--instance", moves.toString())).isEqualTo(CommandLine.ExitCode.SOFTWARE);
        assertThat(out.toString())
                .containsPattern("refused +2")
                .contains("no third node can take one of them meanwhile");
    }

    private Path sequence(String rows) throws IOException {
        return Files.writeString(
                folder.resolve("moves.csv"),
                "# nodes,3,cpu capacity,640,memory capacity,256\nnode,memory,dirtyMBps,target\n" + rows);
    }

    @Test
    void a_day_is_simulated_under_each_set_of_rules_and_its_load_forecast() throws IOException {
        Path days = Files.createDirectories(folder.resolve("days/20110303")).getParent();
        for (int vm = 0; vm < 8; vm++) {
            Files.writeString(days.resolve("20110303/" + vm), (10 * vm + "\n" + 9 * vm + "\n").repeat(144));
        }

        for (String rules : new String[] {"cloudsim", "cloudsim-keep", "drover"}) {
            assertThat(run(
                            "planetlab",
                            "--days",
                            days.toString(),
                            "--rules",
                            rules,
                            "--policy",
                            "thr-mmt",
                            "-o",
                            "json"))
                    .as(rules)
                    .isZero();
        }
        assertThat(run("planetlab", "--days", days.toString(), "-o", "json")).isZero();
        run("forecast", "--days", days.toString(), "-o", "json");
        assertThat(run("scaling", "--days", days.toString(), "-o", "json")).isZero();

        assertThat(out.toString())
                .contains(
                        "\"policy\":\"thr-mmt\",\"rules\":\"cloudsim-keep\"",
                        "\"energyToThrMmt\"",
                        "\"errorToNow\"",
                        "\"unmetPercentAhead\"");
    }

    @Test
    void what_a_trace_cannot_be_simulated_by_is_refused() {
        assertThat(run("planetlab", "--days", folder.toString(), "--policy", "best"))
                .isEqualTo(CommandLine.ExitCode.USAGE);
        assertThat(err.toString()).contains("thr-mmt", "'best'");
        assertThat(run("planetlab", "--days", folder.toString(), "--rules", "cloudsim"))
                .isEqualTo(CommandLine.ExitCode.USAGE);
        assertThat(err.toString()).contains("Drover's policy knows the past only", "Choose --rules drover.");
        assertThat(run("forecast")).isEqualTo(CommandLine.ExitCode.USAGE);
    }

    @Test
    void time_and_moves_together_are_refused() {
        int code = run("roadef", "--instance", folder.resolve("x").toString(), "--moves", "5", "--seconds", "1");

        assertThat(code).isEqualTo(CommandLine.ExitCode.USAGE);
        assertThat(err.toString()).contains("give --seconds or --moves, not both");
    }

    @Test
    void a_number_of_threads_that_is_none_is_refused() {
        assertThat(run("roadef", "--instance", folder.resolve("x").toString(), "--threads", "0"))
                .isEqualTo(CommandLine.ExitCode.USAGE);
        assertThat(err.toString()).contains("--threads must be from 1 to 64 (0)");
    }

    private int run(String... arguments) {
        return new CommandLine(new BenchCommand())
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .setCaseInsensitiveEnumValuesAllowed(true)
                .execute(arguments);
    }
}
