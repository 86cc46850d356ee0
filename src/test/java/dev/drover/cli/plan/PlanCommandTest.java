package dev.drover.cli.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** The sample that the documentation tells people to try, and what may be done to its plan. */
class PlanCommandTest {
    private static final String SAMPLE = "docs/how-to/dump.json";
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private Path folder;

    private record Result(int code, String out, String err) {}

    private static Result run(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int code = new CommandLine(new PlanCommand())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err, true))
                .setExecutionExceptionHandler((failure, command, parsed) -> {
                    err.write(failure.toString());
                    return 2;
                })
                .execute(arguments);
        return new Result(code, out.toString(), err.toString());
    }

    @Test
    void a_person_reads_what_would_be_done_and_why() {
        Result shown = run("show", "-f", SAMPLE, "--vm", "shop/web-1");

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
        ObjectNode dump = (ObjectNode) JSON.readTree(Path.of(SAMPLE).toFile());
        for (int node : new int[] {2, 3}) {
            ((ObjectNode) dump.get("nodes").get(node)).put("cordoned", true);
        }
        String file = write(dump).toString();
        String why =
                "PlacementConstraint shop/reports-in-b cannot hold as things are: no node is left for shop/report-1.";

        assertThat(run("show", "-f", file).out())
                .contains(
                        "  Not all can be mended. " + why,
                        "Cordoned or not ready: node-3, node-4.",
                        "ConstraintRepair: leaves node-");
        JsonNode deadlock = JSON.readTree(run("show", "-f", file, "-o", "json").out())
                .get("policies")
                .get(0)
                .get("deadlock");
        assertThat(deadlock.get("message").asText()).startsWith(why);
        assertThat(deadlock.get("constraints").get(0).asText()).isEqualTo("PlacementConstraint shop/reports-in-b");
        assertThat(plan().get("policies").get(0).has("deadlock")).isFalse();
    }

    @Test
    void where_few_nodes_are_wanted_an_emptier_one_says_why_it_was_not_taken() throws IOException {
        ObjectNode dump = (ObjectNode) JSON.readTree(Path.of(SAMPLE).toFile());
        ((ObjectNode) dump.get("policies").get(0).get("spec")).put("objective", "Consolidate");

        assertThat(run("show", "-f", write(dump).toString(), "--vm", "shop/new-1")
                        .out())
                .containsPattern("node-\\d +0\\.\\d+ +taken: it starts here")
                .containsPattern("emptier than node-\\d, and as few nodes as possible are wanted");
    }

    @Test
    void each_move_says_which_terms_it_changes() throws IOException {
        JsonNode moves = plan().get("policies").get(0).get("moves");

        assertThat(moves).isNotEmpty().allSatisfy(move -> assertThat(
                        move.get("changes").get("violations").asInt())
                .isEqualTo(1));
    }

    /** It breaks its promise of a score, but it may be moved. */
    @Test
    void what_rests_may_make_room() throws IOException {
        ObjectNode plan = plan();
        change(0, move -> move.put("to", "node-3")
                        .put("virtualMachine", "shop/cache-1")
                        .put("uid", "shop/cache-1")
                        .put("reason", "MakeRoom"))
                .accept(plan);

        assertThat(run("verify", "-f", write(plan).toString()).out())
                .contains("not valid")
                .doesNotContain("may not be moved");
    }

    @Test
    void the_same_seed_and_proposals_lead_to_the_same_plan() throws IOException {
        assertThat(plan("--moves", "5000", "--seed", "7").get("policies"))
                .isEqualTo(plan("--moves", "5000", "--seed", "7").get("policies"));
    }

    @Test
    void a_plan_that_was_shown_is_valid_by_the_dump_that_it_holds() throws IOException {
        Path file = write(plan());

        Result verified = run("verify", "-f", file.toString());

        assertThat(verified).isEqualTo(new Result(0, "valid: 2 moves, nothing broken at any instant\n", ""));
        assertThat(run("verify", "-f", file.toString(), "--dump", SAMPLE).code())
                .isZero();
    }

    static List<Arguments> tamperings() {
        return List.of(
                arguments(
                        "a target that mends nothing",
                        change(0, move -> move.put("to", "node-1")),
                        "promises the score"),
                arguments(
                        "a target without a toleration", change(0, move -> move.put("to", "node-5")), "not tolerated"),
                arguments(
                        "a target that is only worse",
                        change(0, move -> move.put("to", "node-3")),
                        "promises the score"),
                arguments(
                        "an unknown target",
                        change(0, move -> move.put("to", "node-9")),
                        "the node (node-9) is not in the dump"),
                arguments(
                        "an unknown source",
                        change(0, move -> move.put("from", "node-9")),
                        "the node (node-9) is not in the dump"),
                arguments("another source", change(0, move -> move.put("from", "node-4")), "but it is on (node-2)"),
                arguments(
                        "an unknown virtual machine",
                        change(0, move -> move.put("virtualMachine", "shop/none")),
                        "(shop/none) is not in the dump"),
                arguments("another uid", change(0, move -> move.put("uid", "x")), "has the uid"),
                arguments(
                        "no move at all",
                        change(0, move -> move.put("to", move.get("from").asText())),
                        "to the same node"),
                arguments("an id twice", change(1, move -> move.put("id", "m0")), "The id m0 is used twice"),
                arguments(
                        "a move after itself",
                        change(0, move -> move.putArray("after").add("m0")),
                        "not all of which come before"),
                arguments(
                        "moves after each other",
                        change(0, move -> move.putArray("after").add("m1")),
                        "not all of which come before"),
                arguments(
                        "a move after nothing known",
                        change(1, move -> move.putArray("after").add("m7")),
                        "not all of which come before"),
                arguments(
                        "one that cannot move live",
                        change(0, move -> move.put("virtualMachine", "shop/batch-1")
                                .put("uid", "shop/batch-1")),
                        "cannot move live (HostDevice"),
                arguments(
                        "one that rests",
                        change(0, move -> move.put("virtualMachine", "shop/cache-1")
                                .put("uid", "shop/cache-1")
                                .put("reason", "Balance")),
                        "It rests until"),
                arguments("a move left out", moves(moves -> moves.remove(0)), "promises the score"),
                arguments("a move twice", moves(moves -> moves.add(moves.get(0).deepCopy())), "used twice"),
                arguments(
                        "a policy that is not there",
                        policy(policy -> policy.put("policy", "other")),
                        "(other) governs no node"),
                arguments(
                        "a promise of more",
                        policy(policy -> ((ObjectNode) policy.get("after")).put("value", 99)),
                        "promises the score (99"),
                arguments(
                        "an end before it can be",
                        policy(policy -> policy.put("makespanSeconds", 1)),
                        "promises to end in (1"),
                arguments(
                        "two plans for a policy",
                        (Consumer<ObjectNode>) plan -> ((ArrayNode) plan.get("policies"))
                                .add(plan.get("policies").get(0).deepCopy()),
                        "has two plans"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("tamperings")
    void a_plan_that_was_tampered_with_is_not_valid(String what, Consumer<ObjectNode> tampering, String breach)
            throws IOException {
        ObjectNode plan = plan();
        tampering.accept(plan);

        Result verified = run("verify", "-f", write(plan).toString());

        assertThat(verified.out()).startsWith("not valid:\n").contains(breach);
        assertThat(verified.code()).isEqualTo(1);
        JsonNode verdict = JSON.readTree(
                run("verify", "-f", write(plan).toString(), "-o", "json").out());
        assertThat(verdict.get("valid").asBoolean()).isFalse();
        assertThat(verdict.get("breaches").size()).isPositive();
    }

    @Test
    void a_plan_is_judged_by_another_dump_when_one_is_named() throws IOException {
        String full = Files.readString(Path.of(SAMPLE))
                .replace("\"name\": \"node-6\", ", "\"name\": \"node-6\", \"cordoned\": true, ");
        Path newer = Files.writeString(folder.resolve("newer.json"), full);

        Result verified = run("verify", "-f", write(plan()).toString(), "--dump", newer.toString());

        assertThat(verified.code()).isEqualTo(1);
        assertThat(verified.out()).contains("node node-6 is cordoned");
    }

    private static final String WRITTEN =
            """
            apiVersion: drover.dev/v1alpha1
            kind: MigrationPlan
            metadata: {name: default-1}
            spec:
              policy: default
              reason: ConstraintRepair
              expected: {scoreBefore: 21, scoreAfter: 58, makespanSeconds: 26}
              snapshot: {time: "2026-03-02T09:00:00Z", digest: 5f2c9be04a17}
              moves:
              - id: m0
                virtualMachine: {namespace: shop, name: report-1, uid: shop/report-1}
                from: node-2
                to: node-4
                reason: ConstraintRepair
                priority: 1
              - id: m1
                virtualMachine: {namespace: shop, name: db-2, uid: shop/db-2}
                from: node-2
                to: node-6
                after: [m0]
                reason: ConstraintRepair
                priority: 1
            """;

    @Test
    void a_migration_plan_of_the_cluster_is_judged_by_a_dump() throws IOException {
        assertThat(verifyWritten(WRITTEN).out()).startsWith("valid: 2 moves");
        assertThat(verifyWritten(WRITTEN.replace("to: node-6", "to: node-5")).out())
                .contains("example.com/gpu= is not tolerated");
        assertThat(verifyWritten(WRITTEN.replace("after: [m0]", "after: [m1]")).out())
                .contains("not all of which come before it");
        assertThat(verifyWritten(WRITTEN.replace("policy: default", "policy: other"))
                        .code())
                .isEqualTo(1);
    }

    @Test
    void of_a_migration_plan_under_way_what_is_left_is_judged() throws IOException {
        String underWay = WRITTEN + "status: {moves: [{id: m0, state: Succeeded}, {id: m1, state: Pending}]}\n";

        assertThat(verifyWritten(underWay).out()).startsWith("valid: 1 moves");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"kind: MigrationPlan", "kind: MigrationPlan\nspec: []", "kind: MigrationPlan\nspec: {policy: [}"
            })
    void what_is_no_migration_plan_is_refused(String text) throws IOException {
        Result refused = verifyWritten(text);

        assertThat(refused.code()).isEqualTo(2);
        assertThat(refused.err()).contains("plan.yaml: this is no MigrationPlan");
    }

    private Result verifyWritten(String text) throws IOException {
        Path file = Files.writeString(folder.resolve("plan.yaml"), text);
        return run("verify", "-f", file.toString(), "--dump", SAMPLE);
    }

    static List<Arguments> unreadable() {
        return List.of(
                arguments(
                        "figures that are no number",
                        change(0, move -> move.put("seconds", -1)),
                        "policies[0].moves[0].seconds must not be negative"),
                arguments(
                        "a virtual machine without namespace",
                        change(0, move -> move.put("virtualMachine", "db-2")),
                        "must be namespace/name"),
                arguments(
                        "an unknown reason",
                        change(0, move -> move.put("reason", "Fun")),
                        "must be ConstraintRepair or"),
                arguments(
                        "an effect that is no number",
                        change(0, move -> move.putObject("changes").put("contention", Double.POSITIVE_INFINITY)),
                        "policies[0].moves[0].changes"),
                arguments("no target", change(0, move -> move.remove("to")), "policies[0].moves[0].to is missing"),
                arguments(
                        "an unknown field",
                        change(0, move -> move.put("toNode", "x")),
                        "policies[0].moves[0].toNode is not known"),
                arguments("no policies", (Consumer<ObjectNode>) plan -> plan.remove("policies"), "policies is missing"),
                arguments("no dump", (Consumer<ObjectNode>) plan -> plan.remove("dump"), "Name one with --dump"),
                arguments(
                        "a dump that is none",
                        (Consumer<ObjectNode>) plan -> ((ObjectNode) plan.get("dump")).put("takenAt", "now"),
                        "dump.takenAt must be a time"),
                arguments("another format", (Consumer<ObjectNode>) plan -> plan.put("format", "x"), "this is no plan"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("unreadable")
    void what_is_no_plan_is_refused_with_its_place(String what, Consumer<ObjectNode> change, String message)
            throws IOException {
        ObjectNode plan = plan();
        change.accept(plan);

        Result verified = run("verify", "-f", write(plan).toString());

        assertThat(verified.code()).isEqualTo(2);
        assertThat(verified.err()).contains(message);
        assertThat(verified.out()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "show",
                "show -f " + SAMPLE + " --vm shop/none",
                "show -f " + SAMPLE + " --vm none",
                "show -f " + SAMPLE + " --seconds 0",
                "show -f " + SAMPLE + " --seconds NaN",
                "show -f " + SAMPLE + " --moves 0",
                "show -f " + SAMPLE + " --moves 5 --seconds 5",
                "show -f " + SAMPLE + " -o xml",
                "show -f none.json",
                "verify -f none.json",
                "verify"
            })
    void a_wrong_command_line_is_refused(String line) {
        Result refused = run(line.split(" "));

        assertThat(refused.code()).isEqualTo(2);
        assertThat(refused.out()).isEmpty();
        assertThat(refused.err()).isNotEmpty().doesNotContain("\tat ");
    }

    private static ObjectNode plan(String... options) throws IOException {
        String[] line = {"show", "-f", SAMPLE, "-o", "json"};
        String[] all = Stream.of(line, options).flatMap(Arrays::stream).toArray(String[]::new);
        return (ObjectNode) JSON.readTree(run(all).out());
    }

    private Path write(JsonNode plan) throws IOException {
        return Files.writeString(folder.resolve("plan.json"), JSON.writeValueAsString(plan));
    }

    private static Consumer<ObjectNode> policy(Consumer<ObjectNode> change) {
        return plan -> change.accept((ObjectNode) plan.get("policies").get(0));
    }

    private static Consumer<ObjectNode> moves(Consumer<ArrayNode> change) {
        return policy(policy -> change.accept((ArrayNode) policy.get("moves")));
    }

    private static Consumer<ObjectNode> change(int move, Consumer<ObjectNode> change) {
        return moves(moves -> change.accept((ObjectNode) moves.get(move)));
    }
}
