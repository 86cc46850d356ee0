package dev.drover.dump;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.drover.constraint.Constraint;
import dev.drover.constraint.Rule;
import dev.drover.model.Resources;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each mistake in a dump is named with its place. */
class BadDumpTest {
    private static final String SMALL =
            """
            {
              "format": "drover.dev/dump/v1",
              "takenAt": "2026-03-02T09:00:00Z",
              "nodes": [
                {"name": "n1", "allocatable": {"cpu": "8", "memory": "32Gi", "pods": "110"}},
                {"name": "n2", "allocatable": {"cpu": "8", "memory": "32Gi", "pods": "110"}}
              ],
              "virtualMachines": [
                {"namespace": "shop", "name": "web", "node": "n1", "requests": {"cpu": "1", "memory": "1Gi"}},
                {"namespace": "shop", "name": "db", "node": "n2", "requests": {"cpu": "1", "memory": "2Gi"}}
              ],
              "constraints": [
                {"namespace": "shop", "name": "apart", "created": "2026-03-01T08:00:00Z",
                 "spec": {"virtualMachines": {}, "type": "Spread", "spread": {"maxSkew": 2}}}
              ],
              "policies": [
                {"name": "default", "created": "2026-03-01T08:00:00Z", "spec": {"mode": "Automatic"}}
              ]
            }
            """;

    @TempDir
    private Path folder;

    static List<Arguments> mistakes() {
        return List.of(
                arguments("an unknown field", "\"takenAt\"", "\"takenAtt\"", "takenAtt", "takenAtt is not known"),
                arguments(
                        "an unknown field of a spec",
                        "{\"mode\"",
                        "{\"mood\"",
                        "dump.json: ",
                        "policies[0].spec.mood is not known"),
                arguments(
                        "a text for a list",
                        "\"policies\": [",
                        "\"policies\": \"all\", \"x\": [",
                        "line 16",
                        "policies must be a list"),
                arguments(
                        "a number for a text",
                        "\"name\": \"n2\"",
                        "\"name\": 2",
                        "line 6",
                        "nodes[1].name must be a text"),
                arguments(
                        "a number for a quantity",
                        "\"cpu\": \"8\"",
                        "\"cpu\": 8",
                        "line 5",
                        "nodes[0].allocatable.cpu must be a text"),
                arguments("a fraction of a skew", "\"maxSkew\": 2", "\"maxSkew\": 2.5", "line 14", "maxSkew"),
                arguments("no number", "\"maxSkew\": 2", "\"maxSkew\": NaN", "line 14", "NaN"),
                arguments(
                        "no number in a quantity",
                        "\"cpu\": \"8\"",
                        "\"cpu\": \"NaN\"",
                        "nodes[0].allocatable.cpu",
                        "(NaN)"),
                arguments(
                        "infinity",
                        "\"cpu\": \"8\"",
                        "\"cpu\": \"Infinity\"",
                        "nodes[0].allocatable.cpu",
                        "(Infinity)"),
                arguments(
                        "an absurd exponent",
                        "\"cpu\": \"8\"",
                        "\"cpu\": \"1e999999999\"",
                        "nodes[0].allocatable.cpu",
                        "(1e999999999)"),
                arguments(
                        "no capacity",
                        "\"cpu\": \"8\"",
                        "\"cpu\": \"0\"",
                        "nodes[0].allocatable.cpu",
                        "must be above 0"),
                arguments(
                        "a capacity below 0",
                        "\"cpu\": \"8\"",
                        "\"cpu\": \"-8\"",
                        "nodes[0].allocatable.cpu",
                        "must not be negative"),
                arguments("no pods", ", \"pods\": \"110\"", "", "nodes[0].allocatable.pods", "must be above 0"),
                arguments(
                        "a node twice",
                        "\"name\": \"n2\"",
                        "\"name\": \"n1\"",
                        "nodes[1].name",
                        "repeats the node (n1)"),
                arguments(
                        "a virtual machine twice",
                        "\"name\": \"db\"",
                        "\"name\": \"web\"",
                        "virtualMachines[1]",
                        "repeats the virtual machine (shop/web)"),
                arguments(
                        "a uid twice",
                        "\"node\": \"n2\"",
                        "\"uid\": \"shop/web\"",
                        "virtualMachines[1]",
                        "a uid that another"),
                arguments(
                        "a field twice",
                        "\"name\": \"n1\"",
                        "\"name\": \"n1\", \"name\": \"n3\"",
                        "line 5",
                        "Duplicate field 'name'"),
                arguments(
                        "an unknown type of constraint",
                        "\"Spread\"",
                        "\"Scatter\"",
                        "line 14",
                        "must be Spread or Colocate"),
                arguments(
                        "a constraint without a type",
                        "\"type\": \"Spread\", ",
                        "",
                        "constraints[0].spec.type",
                        "is missing"),
                arguments(
                        "a constraint without its member",
                        "\"type\": \"Spread\"",
                        "\"type\": \"AllowedNodes\"",
                        "constraints[0].spec",
                        "(allowedNodes)"),
                arguments(
                        "a skew of 0",
                        "\"maxSkew\": 2",
                        "\"maxSkew\": 0",
                        "constraints[0].spec.spread.maxSkew",
                        "must be 1 or more"),
                arguments(
                        "an unknown mode",
                        "\"Automatic\"",
                        "\"Manual\"",
                        "line 17",
                        "must be Off or Recommend or Automatic"),
                arguments(
                        "a policy without its nodes",
                        "\"name\": \"default\"",
                        "\"name\": \"gpu\"",
                        "policies[0].spec",
                        "needs a nodeSelector"),
                arguments(
                        "an aggressiveness of 9",
                        "{\"mode\"",
                        "{\"aggressiveness\": 9, \"mode\"",
                        "policies[0].spec.aggressiveness",
                        "from 1 to 5"),
                arguments(
                        "a budget of none",
                        "{\"mode\"",
                        "{\"budget\": {\"maxConcurrent\": 0}, \"mode\"",
                        "policies[0].spec.budget",
                        "at least one migration"),
                arguments("a time that is none", "2026-03-02T09:00:00Z", "yesterday", "takenAt", "(yesterday)"),
                arguments("another format", "dump/v1", "dump/v7", "format", "another version"),
                arguments(
                        "null for a node",
                        "{\"name\": \"n1\"",
                        "null, {\"name\": \"n1\"",
                        "nodes[0]",
                        "must not be null"),
                arguments("a name that is missing", "\"name\": \"db\", ", "", "virtualMachines[1].name", "is missing"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("mistakes")
    void a_mistake_is_named_with_its_place(String what, String right, String wrong, String place, String message)
            throws IOException {
        assertThat(SMALL).contains(right);
        Path file = write(SMALL.replaceFirst(Pattern.quote(right), Matcher.quoteReplacement(wrong)));

        assertThatThrownBy(() -> Dump.read(file))
                .isInstanceOf(BadFile.class)
                .hasMessageContaining(file.toString())
                .hasMessageContaining(place)
                .hasMessageContaining(message)
                .message()
                .doesNotContain("Exception", "com.fasterxml", "java.lang");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "{",
                "[]",
                "null",
                "\"dump\"",
                "{} {}",
                "7",
                "\u0000",
                "{\"nodes\": [[[[",
                "---\nnodes: []"
            })
    void what_is_no_dump_at_all_is_refused(String text) throws IOException {
        Path file = write(text);

        assertThatThrownBy(() -> Dump.read(file))
                .isInstanceOf(BadFile.class)
                .hasMessageStartingWith(file.toString())
                .message()
                .doesNotContain("Exception", "com.fasterxml");
    }

    @Test
    void wherever_a_file_is_cut_off_it_is_refused() throws IOException {
        for (int length = 0; length < SMALL.strip().length(); length++) {
            Path file = write(SMALL.substring(0, length));
            assertThatThrownBy(() -> Dump.read(file))
                    .as("cut at %d", length)
                    .isInstanceOf(BadFile.class)
                    .message()
                    .as("what the reader says to programmers")
                    .doesNotContain("Source", "marker", "expected close");
        }
    }

    @Test
    void a_file_that_is_not_there_is_named() {
        assertThatThrownBy(() -> Dump.read(folder.resolve("none.json")))
                .isInstanceOf(BadFile.class)
                .hasMessageContaining("none.json")
                .hasMessageContaining("cannot be read");
        assertThatThrownBy(() -> Dump.read(folder)).isInstanceOf(BadFile.class).hasMessageContaining("cannot be read");
    }

    @Test
    void one_node_and_no_virtual_machine_are_a_cluster() throws IOException {
        Dump dump = Dump.read(
                write(
                        """
                {"format": "drover.dev/dump/v1", "takenAt": "2026-03-02T09:00:00Z",
                 "nodes": [{"name": "n1", "allocatable": {"cpu": "500m", "memory": "1Gi", "pods": "9"}}]}
                """));

        assertThat(dump.cluster().nodes()).singleElement().satisfies(node -> {
            assertThat(node.allocatable().cpuMillis()).isEqualTo(500);
            assertThat(node.ready()).isTrue();
        });
        assertThat(dump.cluster().vms()).isEmpty();
        assertThat(dump.warnings()).isEmpty();
    }

    @Test
    void the_amounts_of_a_rule_are_read() throws IOException {
        Dump dump = Dump.read(
                write(
                        SMALL.replace(
                                "\"policies\": [",
                                """
                                "clusterConstraints": [{"name": "kept", "created": "2026-03-01T08:00:00Z",
                                  "spec": {"namespaceSelector": {}, "virtualMachines": {}, "type": "Reserve", "reserve": {"cpu": "1500m"}}}],
                                "policies": [""")));

        assertThat(dump.constraints())
                .extracting(Constraint::rule)
                .contains(new Rule.Reserve(Resources.of(Map.of(Resources.CPU, 1500L))));
    }

    @Test
    void what_is_possible_but_hardly_meant_is_warned_of() throws IOException {
        Dump dump =
                Dump.read(write(SMALL.replace("\"2Gi\"", "\"200Gi\"").replace("\"node\": \"n1\"", "\"node\": \"n9\"")));

        assertThat(dump.warnings())
                .anyMatch(warning -> warning.contains("virtualMachines[0].node") && warning.contains("(n9)"))
                .anyMatch(warning -> warning.contains("virtualMachines[1].requests.memory")
                        && warning.contains("200Gi")
                        && warning.contains("32Gi"));
    }

    @Test
    void a_cordoned_node_may_have_nothing_to_give() throws IOException {
        Dump dump = Dump.read(write(SMALL.replaceFirst(
                "\"name\": \"n1\", \"allocatable\": \\{[^}]*}", "\"name\": \"n1\", \"cordoned\": true")));

        assertThat(dump.cluster().nodes().getFirst().cordoned()).isTrue();
    }

    private Path write(String text) throws IOException {
        Path file = folder.resolve("dump.json");
        return Files.writeString(file, text);
    }
}
