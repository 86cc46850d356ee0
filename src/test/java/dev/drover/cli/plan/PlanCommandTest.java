package dev.drover.cli.plan;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drover.cli.CommandRun;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The sample that the documentation tells people to try. */
class PlanCommandTest {
    @TempDir
    private Path folder;

    @Test
    void a_person_reads_what_would_be_done_and_why() {
        CommandRun shown = CommandRun.of("plan", "show", "-f", SamplePlan.FILE, "--vm", "shop/web-1");

        assertThat(shown.code()).isZero();
        assertThat(shown.err()).isEmpty();
        assertThat(shown.out())
                .contains("Policy default (Automatic), 6 nodes")
                .containsPattern("m0 +shop/db-[12] +node-[12] +node-[346] ")
                .contains("ConstraintRepair: leaves node-2: AllowedNodes reports-in-b")
                .contains("no order of them is faster than", "Repairs go first")
                .containsPattern("node-2 +0\\.\\d+ +repairs go first")
                .contains("Broken now:\n  PlacementConstraint shop/db-apart: virtual machine shop/db-1")
                .contains("reports-in-b and PlacementConstraint shop/reports-not-in-b cannot hold together")
                .contains("shop/new-1 would start on node-")
                .contains("shop/new-2 finds no node: 0 of 6 nodes: 5 too little memory")
                .containsPattern("node-1 +0\\.\\d+ +it stays here")
                .containsPattern("node-5 +0\\.\\d+ +not allowed by selectors, taints or node rules")
                .contains("virtualMachines[10].requests.memory is more than any node has");
    }

    @Test
    void rules_that_cannot_hold_as_things_are_are_named_to_a_person_and_to_a_program() throws IOException {
        ObjectNode dump =
                (ObjectNode) SamplePlan.JSON.readTree(Path.of(SamplePlan.FILE).toFile());
        for (int node : new int[] {2, 3}) {
            ((ObjectNode) dump.get("nodes").get(node)).put("cordoned", true);
        }
        String file = SamplePlan.write(folder, dump).toString();
        String why =
                "PlacementConstraint shop/reports-in-b cannot hold as things are: no node is left for shop/report-1.";

        assertThat(CommandRun.of("plan", "show", "-f", file).out())
                .contains(
                        "  Not all can be mended. " + why,
                        "Cordoned or not ready: node-3, node-4.",
                        "ConstraintRepair: leaves node-");
        JsonNode deadlock = SamplePlan.JSON
                .readTree(
                        CommandRun.of("plan", "show", "-f", file, "-o", "json").out())
                .get("policies")
                .get(0)
                .get("deadlock");
        assertThat(deadlock.get("message").asText()).startsWith(why);
        assertThat(deadlock.get("constraints").get(0).asText()).isEqualTo("PlacementConstraint shop/reports-in-b");
        assertThat(SamplePlan.of().get("policies").get(0).has("deadlock")).isFalse();
    }

    @Test
    void where_few_nodes_are_wanted_an_emptier_one_says_why_it_was_not_taken() throws IOException {
        ObjectNode dump =
                (ObjectNode) SamplePlan.JSON.readTree(Path.of(SamplePlan.FILE).toFile());
        ((ObjectNode) dump.get("policies").get(0).get("spec")).put("objective", "Consolidate");

        assertThat(CommandRun.of(
                                "plan",
                                "show",
                                "-f",
                                SamplePlan.write(folder, dump).toString(),
                                "--vm",
                                "shop/new-1")
                        .out())
                .containsPattern("node-\\d +0\\.\\d+ +taken: it starts here")
                .containsPattern("emptier than node-\\d, and as few nodes as possible are wanted");
    }

    @Test
    void each_move_says_which_terms_it_changes() throws IOException {
        JsonNode moves = SamplePlan.of().get("policies").get(0).get("moves");

        assertThat(moves).isNotEmpty().allSatisfy(move -> assertThat(
                        move.get("changes").get("violations").asInt())
                .isEqualTo(1));
    }

    @Test
    void the_same_seed_and_proposals_lead_to_the_same_plan() throws IOException {
        assertThat(SamplePlan.of("--moves", "5000", "--seed", "7").get("policies"))
                .isEqualTo(SamplePlan.of("--moves", "5000", "--seed", "7").get("policies"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "show",
                "show -f " + SamplePlan.FILE + " --vm shop/none",
                "show -f " + SamplePlan.FILE + " --vm none",
                "show -f " + SamplePlan.FILE + " --seconds 0",
                "show -f " + SamplePlan.FILE + " --seconds NaN",
                "show -f " + SamplePlan.FILE + " --moves 0",
                "show -f " + SamplePlan.FILE + " --moves 5 --seconds 5",
                "show -f " + SamplePlan.FILE + " -o xml",
                "show -f none.json",
                "verify -f none.json",
                "verify"
            })
    void a_wrong_command_line_is_refused(String line) {
        CommandRun refused = CommandRun.of(("plan " + line).split(" "));

        assertThat(refused.code()).isEqualTo(2);
        assertThat(refused.out()).isEmpty();
        assertThat(refused.err()).isNotEmpty().doesNotContain("\tat ");
    }
}
