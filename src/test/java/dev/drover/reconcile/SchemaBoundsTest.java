package dev.drover.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.databind.JsonNode;
import dev.drover.plan.History;
import dev.drover.plan.Move;
import dev.drover.status.Message;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What the operator cuts its own texts, lists and numbers to is taken by the schemas: else the whole status would be refused. */
class SchemaBoundsTest {

    static Stream<Arguments> bounds() {
        return Stream.of(
                arguments("migrationplans", "spec/moves[]/after", "maxItems", Move.MOST_AFTER),
                arguments("migrationplans", "spec/moves[]/message", "maxLength", Message.LONGEST),
                arguments("migrationplans", "spec/moves[]/gain", "maximum", PlanRecords.MOST_GAIN),
                arguments(
                        "migrationplans", "spec/moves[]/costSeconds", "maximum", PlanRecords.LONGEST_MOVE.toSeconds()),
                arguments(
                        "migrationplans",
                        "spec/expected/makespanSeconds",
                        "maximum",
                        PlanRecords.LONGEST_PLAN.toSeconds()),
                arguments("migrationplans", "status/moves[]/message", "maxLength", Message.LONGEST),
                arguments("migrationplans", "status/conditions[]/message", "maxLength", Message.LONGEST),
                arguments("placementpolicies", "status/faults", "maxItems", Faults.MOST),
                arguments("placementpolicies", "status/faults[]/subject", "maxLength", Faults.LONGEST_SUBJECT),
                arguments("placementpolicies", "status/faults[]/message", "maxLength", Message.LONGEST),
                arguments("placementpolicies", "status/leftoverTerms", "maxItems", Reporter.MOST_LEFTOVERS),
                arguments("placementconstraints", "status/violations", "maxItems", ConstraintReports.MOST_VIOLATIONS),
                arguments("placementconstraints", "status/violations[]/message", "maxLength", Message.LONGEST),
                arguments("placementconstraints", "status/conflictsWith", "maxItems", ConstraintReports.MOST_CONFLICTS),
                arguments("nodeinventories", "status/virtualMachineNames", "maxItems", NodeReports.MOST_NAMES),
                arguments(
                        "virtualmachineplacements",
                        "status/constraints",
                        "maxItems",
                        PlacementReports.MOST_CONSTRAINTS),
                arguments("virtualmachineplacements", "status/previousNodes", "maxItems", History.KEPT),
                arguments("virtualmachineplacements", "status/previousNodes[]/message", "maxLength", Message.LONGEST),
                arguments("virtualmachineplacements", "status/quarantinedNodes", "maxItems", History.KEPT),
                arguments(
                        "virtualmachineplacements",
                        "status/quarantinedNodes[]/failures",
                        "maximum",
                        HistoryRecords.MOST_FAILURES),
                arguments(
                        "virtualmachineplacements",
                        "status/consecutiveFailures",
                        "maximum",
                        HistoryRecords.MOST_FAILURES));
    }

    @ParameterizedTest(name = "{1} of {0}: {2} is at least {3}")
    @MethodSource("bounds")
    void the_schema_takes_what_the_operator_writes(String kind, String field, String facet, long most)
            throws IOException {
        JsonNode bound = schema(kind, field).path(facet);

        assertThat(bound.isNumber()).as("%s of (%s)", facet, field).isTrue();
        assertThat(bound.asDouble()).isGreaterThanOrEqualTo(most);
    }

    private static JsonNode schema(String kind, String field) throws IOException {
        JsonNode found = Serialization.yamlMapper()
                .readTree(Path.of("crds", kind + ".drover.dev.yaml").toFile())
                .at("/spec/versions/0/schema/openAPIV3Schema");
        for (String name : field.split("/")) {
            boolean entry = name.endsWith("[]");
            found = found.path("properties").path(entry ? name.substring(0, name.length() - 2) : name);
            found = entry ? found.path("items") : found;
        }
        return found;
    }
}
