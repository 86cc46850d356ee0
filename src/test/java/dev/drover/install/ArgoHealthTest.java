package dev.drover.install;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.drover.status.Reason;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Runs the health checks with the libraries that Argo CD gives them, which are few. */
class ArgoHealthTest {

    private static final String KEY = "resource.customizations.health.drover.dev_";
    private static final JsonNode CHECKS = checks();

    private static JsonNode checks() {
        try {
            return new YAMLMapper()
                    .readTree(Path.of("manifests/argocd/health.yaml").toFile())
                    .path("data");
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    static Stream<Arguments> objects() {
        return Stream.of(
                        policies(),
                        rules("PlacementConstraint"),
                        rules("ClusterPlacementConstraint"),
                        profiles(),
                        services(),
                        plans(),
                        placements(),
                        inventories())
                .flatMap(cases -> cases);
    }

    private static Stream<Arguments> policies() {
        return of(
                "PlacementPolicy",
                row("nobody has looked at it", "", "Progressing"),
                row("changed since it was looked at", "observedGeneration: 1; Ready=True", "Progressing"),
                row("carried out", "Ready=True Balanced=True Fresh=True", "Healthy"),
                row("there are moves to make", "Ready=True Balanced=False:MovesWanted", "Healthy"),
                row("a move in progress", "inFlight: 2; Ready=True Balanced=False:MovesWanted", "Progressing"),
                row("a move in progress, and stale", "inFlight: 1; Ready=False:StaleCache Fresh=False", "Progressing"),
                row("stale for a moment", "Ready=False:StaleCache Fresh=False:StaleCache", "Progressing"),
                row("KubeVirt is being updated", "Ready=False:KubeVirtUpdating", "Progressing"),
                row("off", "Ready=True Paused=True:Paused", "Healthy"),
                row("KubeVirt is not there", "Ready=False:KubeVirtAbsent Fresh=True", "Degraded"),
                row("too many failures", "Ready=False CircuitOpen=True:CircuitOpen", "Degraded"),
                row("two policies over one node", "Ready=False Conflicting=True:PoliciesOverlap", "Degraded"));
    }

    private static Stream<Arguments> rules(String kind) {
        return of(
                kind,
                row("nobody has looked at it", "", "Progressing"),
                row("changed since it was looked at", "observedGeneration: 1; Ready=True", "Progressing"),
                row("holds", "Ready=True Accepted=True Satisfied=True Conflicting=False", "Healthy"),
                row(
                        "there before its virtual machines",
                        "Ready=False Accepted=False:SelectorMatchesNothing",
                        "Healthy"),
                row("being repaired by moves", "Ready=False Accepted=True Satisfied=False:Violated", "Progressing"),
                row(
                        "cannot hold",
                        "Ready=False Accepted=True Satisfied=False Conflicting=True:RuleCannotHold",
                        "Degraded"),
                row("names no node", "Ready=False Accepted=False:UnknownNode", "Degraded"),
                row("labels that never reach instances", "Ready=False Accepted=False:LabelsNotOnTemplate", "Degraded"));
    }

    private static Stream<Arguments> profiles() {
        return of(
                "VirtualMachineProfile",
                row("nobody has looked at it", "", "Progressing"),
                row("changed since it was looked at", "observedGeneration: 1; Ready=True", "Progressing"),
                row("in force", "Ready=True Accepted=True Conflicting=False", "Healthy"),
                row(
                        "there before its virtual machines",
                        "Ready=False Accepted=False:SelectorMatchesNothing",
                        "Healthy"),
                row("described twice", "Ready=False Conflicting=True:OlderProfileWins", "Degraded"));
    }

    private static Stream<Arguments> services() {
        return of(
                "ApplicationService",
                row("nobody has looked at it", "", "Progressing"),
                row("changed since it was looked at", "observedGeneration: 1; Ready=True", "Progressing"),
                row("all are ready", "Ready=True:AllReady Available=True Degraded=False Progressing=False", "Healthy"),
                row("starts", "Ready=False Available=False Degraded=False Progressing=True", "Progressing"),
                row("stopped", "Ready=True:ServiceStopped Available=False Progressing=False", "Suspended"),
                row("paused", "Ready=True:AllReady Progressing=False:ServicePaused", "Suspended"),
                row("an application is dead", "Ready=False Degraded=True Progressing=False", "Degraded"),
                row("KubeVirt refuses the template", "Ready=False TemplateAccepted=False", "Degraded"),
                row("a name is taken", "Ready=False:NameTaken Progressing=False:NothingToDo", "Degraded"));
    }

    private static Stream<Arguments> plans() {
        return of(
                "MigrationPlan",
                row("nobody has looked at it", "", "Progressing"),
                row("waits for a person", "Progressing=True:WaitingForApproval", "Suspended"),
                row("a move in progress", "Progressing=True:Moving Succeeded=Unknown", "Progressing"),
                row("all moves made", "Progressing=False Succeeded=True:Completed", "Healthy"),
                row(
                        "a newer plan",
                        "Progressing=False Superseded=True:Superseded Succeeded=False:Superseded",
                        "Healthy"),
                row("declined", "Progressing=False Succeeded=False:Rejected", "Healthy"),
                row("aborted", "Progressing=False Succeeded=False:Aborted", "Healthy"),
                row("not all moves made", "Progressing=False Succeeded=False:PartlyDone", "Degraded"),
                row("somebody must help", "Progressing=True:Moving Stalled=True:Stalled", "Degraded"));
    }

    private static Stream<Arguments> placements() {
        return of(
                "VirtualMachinePlacement",
                row("nobody has looked at it", "", "Progressing"),
                row("runs where it should", "Placed=True:Placed Satisfied=True Ready=True", "Healthy"),
                row("stopped", "Placed=False:NotRunning Ready=False", "Healthy"),
                row("starting", "Placed=False:Starting Ready=False", "Progressing"),
                row("waits for its node", "Placed=False:Gated Ready=False", "Progressing"),
                row("a move in progress", "Placed=True:Migrating Satisfied=False Ready=False", "Progressing"),
                row("to be moved", "Placed=True:Placed Satisfied=False:Violated Ready=False", "Progressing"),
                row(
                        "cannot move, and needs not",
                        "Placed=True:Placed Satisfied=True Migratable=False Ready=True",
                        "Healthy"),
                row("not placed for another reason", "Placed=False:Invalid Ready=False", "Degraded"));
    }

    private static Stream<Arguments> inventories() {
        return of(
                "NodeInventory",
                row("nobody has looked at it", "", "Progressing"),
                row("takes virtual machines", "Reachable=True Fresh=True Pressure=False Ready=True", "Healthy"),
                row("hot, moves relieve it", "Reachable=True Pressure=True Ready=True", "Progressing"),
                row("figures are old", "Reachable=True Fresh=False Ready=True", "Progressing"),
                row("cordoned", "Reachable=True Fresh=True Pressure=False Ready=False", "Suspended"),
                row("does not answer", "Reachable=False Ready=False", "Degraded"));
    }

    private record Row(String situation, String status, String health) {}

    private static Row row(String situation, String status, String health) {
        return new Row(situation, status, health);
    }

    private static Stream<Arguments> of(String kind, Row... rows) {
        return Arrays.stream(rows).map(row -> arguments(kind, row.situation(), row.status(), row.health()));
    }

    @ParameterizedTest(name = "{0}, {1}: {3}")
    @MethodSource("objects")
    void healthOf(String kind, String situation, String status, String health) {
        LuaHealth.Verdict verdict = LuaHealth.run(CHECKS.path(KEY + kind).asText(), LuaHealth.object(status));
        assertThat(verdict.status()).as(situation).isEqualTo(health);
        assertThat(verdict.message()).as(situation).isNotBlank();
    }

    @Test
    void everyKindHasACheckThatIsTestedInEveryHealth() {
        Set<String> kinds = Set.of(
                "PlacementPolicy",
                "PlacementConstraint",
                "ClusterPlacementConstraint",
                "VirtualMachineProfile",
                "ApplicationService",
                "MigrationPlan",
                "VirtualMachinePlacement",
                "NodeInventory");
        assertThat(CHECKS.properties())
                .extracting(Map.Entry::getKey)
                .containsExactlyInAnyOrderElementsOf(
                        kinds.stream().map(kind -> KEY + kind).toList());
        Map<Object, Set<Object>> tested = objects()
                .collect(Collectors.groupingBy(
                        row -> row.get()[0], Collectors.mapping(row -> row.get()[3], Collectors.toSet())));
        assertThat(tested.keySet()).isEqualTo(kinds);
        assertThat(tested.values()).allSatisfy(seen -> assertThat(seen).contains("Progressing", "Healthy", "Degraded"));
    }

    @Test
    void everyReasonThatAChecksNamesIsOneOfOurs() {
        Matcher named = Pattern.compile("[rR]eason == \"(\\w+)\"")
                .matcher(CHECKS.toString().replace("\\\"", "\""));
        List<String> ours = Reason.all().map(Reason::value).toList();
        assertThat(named.results().map(found -> found.group(1)).toList())
                .isNotEmpty()
                .isSubsetOf(ours);
    }
}
