package dev.drover.cli.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drover.cli.CommandRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The plan of the sample, and what may be done to it. */
class PlanVerifyCommandTest {
    @TempDir
    private Path folder;

    @Test
    void a_plan_that_was_shown_is_valid_by_the_dump_that_it_holds() throws IOException {
        Path file = SamplePlan.write(folder, SamplePlan.of());

        CommandRun verified = CommandRun.of("plan", "verify", "-f", file.toString());

        assertThat(verified).isEqualTo(new CommandRun(0, "valid: 2 moves, nothing broken at any instant\n", ""));
        assertThat(CommandRun.of("plan", "verify", "-f", file.toString(), "--dump", SamplePlan.FILE)
                        .code())
                .isZero();
    }

    static List<Arguments> tamperings() {
        return List.of(
                arguments(
                        "a target that mends nothing",
                        SamplePlan.change(0, move -> move.put("to", "node-1")),
                        "promises the score"),
                arguments(
                        "a target without a toleration",
                        SamplePlan.change(0, move -> move.put("to", "node-5")),
                        "not tolerated"),
                arguments(
                        "a target that is only worse",
                        SamplePlan.change(0, move -> move.put("to", "node-3")),
                        "promises the score"),
                arguments(
                        "an unknown target",
                        SamplePlan.change(0, move -> move.put("to", "node-9")),
                        "the node (node-9) is not in the dump"),
                arguments(
                        "an unknown source",
                        SamplePlan.change(0, move -> move.put("from", "node-9")),
                        "the node (node-9) is not in the dump"),
                arguments(
                        "another source",
                        SamplePlan.change(0, move -> move.put("from", "node-4")),
                        "but it is on (node-2)"),
                arguments(
                        "an unknown virtual machine",
                        SamplePlan.change(0, move -> move.put("virtualMachine", "shop/none")),
                        "(shop/none) is not in the dump"),
                arguments("another uid", SamplePlan.change(0, move -> move.put("uid", "x")), "has the uid"),
                arguments(
                        "no move at all",
                        SamplePlan.change(
                                0, move -> move.put("to", move.get("from").asText())),
                        "to the same node"),
                arguments("an id twice", SamplePlan.change(1, move -> move.put("id", "m0")), "The id m0 is used twice"),
                arguments(
                        "a move after itself",
                        SamplePlan.change(0, move -> move.putArray("after").add("m0")),
                        "not all of which come before"),
                arguments(
                        "moves after each other",
                        SamplePlan.change(0, move -> move.putArray("after").add("m1")),
                        "not all of which come before"),
                arguments(
                        "a move after nothing known",
                        SamplePlan.change(1, move -> move.putArray("after").add("m7")),
                        "not all of which come before"),
                arguments(
                        "one that cannot move live",
                        SamplePlan.change(0, move -> move.put("virtualMachine", "shop/batch-1")
                                .put("uid", "shop/batch-1")),
                        "cannot move live (HostDevice"),
                arguments(
                        "one that rests",
                        SamplePlan.change(0, move -> move.put("virtualMachine", "shop/cache-1")
                                .put("uid", "shop/cache-1")
                                .put("reason", "Balance")),
                        "It rests until"),
                arguments("a move left out", SamplePlan.moves(moves -> moves.remove(0)), "promises the score"),
                arguments(
                        "a move twice",
                        SamplePlan.moves(moves -> moves.add(moves.get(0).deepCopy())),
                        "used twice"),
                arguments(
                        "a policy that is not there",
                        SamplePlan.policy(policy -> policy.put("policy", "other")),
                        "(other) governs no node"),
                arguments(
                        "a promise of more",
                        SamplePlan.policy(policy -> ((ObjectNode) policy.get("after")).put("value", 99)),
                        "promises the score (99"),
                arguments(
                        "an end before it can be",
                        SamplePlan.policy(policy -> policy.put("makespanSeconds", 1)),
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
        ObjectNode plan = SamplePlan.of();
        tampering.accept(plan);

        CommandRun verified = CommandRun.of(
                "plan", "verify", "-f", SamplePlan.write(folder, plan).toString());

        assertThat(verified.out()).startsWith("not valid:\n").contains(breach);
        assertThat(verified.code()).isEqualTo(1);
        JsonNode verdict = SamplePlan.JSON.readTree(CommandRun.of(
                        "plan", "verify", "-f", SamplePlan.write(folder, plan).toString(), "-o", "json")
                .out());
        assertThat(verdict.get("valid").asBoolean()).isFalse();
        assertThat(verdict.get("breaches").size()).isPositive();
    }

    @Test
    void a_plan_is_judged_by_another_dump_when_one_is_named() throws IOException {
        String full = Files.readString(Path.of(SamplePlan.FILE))
                .replace("\"name\": \"node-6\", ", "\"name\": \"node-6\", \"cordoned\": true, ");
        Path newer = Files.writeString(folder.resolve("newer.json"), full);

        CommandRun verified = CommandRun.of(
                "plan",
                "verify",
                "-f",
                SamplePlan.write(folder, SamplePlan.of()).toString(),
                "--dump",
                newer.toString());

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
        CommandRun refused = verifyWritten(text);

        assertThat(refused.code()).isEqualTo(2);
        assertThat(refused.err()).contains("plan.yaml: this is no MigrationPlan");
    }

    private CommandRun verifyWritten(String text) throws IOException {
        Path file = Files.writeString(folder.resolve("plan.yaml"), text);
        return CommandRun.of("plan", "verify", "-f", file.toString(), "--dump", SamplePlan.FILE);
    }

    static List<Arguments> unreadable() {
        return List.of(
                arguments(
                        "figures that are no number",
                        SamplePlan.change(0, move -> move.put("seconds", -1)),
                        "policies[0].moves[0].seconds must not be negative"),
                arguments(
                        "a virtual machine without namespace",
                        SamplePlan.change(0, move -> move.put("virtualMachine", "db-2")),
                        "must be namespace/name"),
                arguments(
                        "an unknown reason",
                        SamplePlan.change(0, move -> move.put("reason", "Fun")),
                        "must be ConstraintRepair or"),
                arguments(
                        "an effect that is no number",
                        SamplePlan.change(
                                0, move -> move.putObject("changes").put("contention", Double.POSITIVE_INFINITY)),
                        "policies[0].moves[0].changes"),
                arguments(
                        "no target",
                        SamplePlan.change(0, move -> move.remove("to")),
                        "policies[0].moves[0].to is missing"),
                arguments(
                        "an unknown field",
                        SamplePlan.change(0, move -> move.put("toNode", "x")),
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
        ObjectNode plan = SamplePlan.of();
        change.accept(plan);

        CommandRun verified = CommandRun.of(
                "plan", "verify", "-f", SamplePlan.write(folder, plan).toString());

        assertThat(verified.code()).isEqualTo(2);
        assertThat(verified.err()).contains(message);
        assertThat(verified.out()).isEmpty();
    }

    /** It breaks its promise of a score, but it may be moved. */
    @Test
    void what_rests_may_make_room() throws IOException {
        ObjectNode plan = SamplePlan.of();
        SamplePlan.change(0, move -> move.put("to", "node-3")
                        .put("virtualMachine", "shop/cache-1")
                        .put("uid", "shop/cache-1")
                        .put("reason", "MakeRoom"))
                .accept(plan);

        assertThat(CommandRun.of(
                                "plan",
                                "verify",
                                "-f",
                                SamplePlan.write(folder, plan).toString())
                        .out())
                .contains("not valid")
                .doesNotContain("may not be moved");
    }
}
