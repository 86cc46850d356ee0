package dev.drover.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.api.v1alpha1.ClusterPlacementConstraint;
import dev.drover.testbed.OnTestbed;
import dev.drover.testbed.Testbed;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The kinds that are for administrators, and wishes: what is broken when the operator comes is repaired, what is closed stays closed. */
@OnTestbed
class RuleKindsIT {
    private static final String NODE_4 = "kubernetes.io/hostname: node-4";
    private static final Set<String> REPAIRED = Set.of("given", "kept", "licensed");
    private static final Duration SEVERAL_CYCLES = Duration.ofSeconds(10);

    private final Testbed testbed;
    private final Shown shown;
    private final Stage stage;

    RuleKindsIT(Testbed testbed) {
        this.testbed = testbed;
        this.shown = new Shown(testbed);
        stage = Stage.withNodes(testbed, 4);
    }

    @AfterEach
    void end() throws Exception {
        stage.close();
    }

    /** Each node has 16 CPUs. */
    @Test
    void theLoopRepairsReserveOvercommitAndMaxNodesInUseAndAWishWaitsForTheEndOfAQuarantine() {
        List<Vms> groups = List.of(
                Vms.named("given", 2).cores(10).preferring("node-1"),
                Vms.named("kept", 3).preferring("node-2"),
                licensed(1),
                licensed(2),
                licensed(3),
                Vms.named("wish", 1).preferring("node-1"));
        Vms.create(testbed, groups);
        Vms.awaitRunning(testbed, groups);
        stage.operator();
        Eyes eyes = stage.eyes();
        Migrations migrations = stage.migrations();
        rules();
        Awaiting.until("All three are broken", eyes::broken, broken -> REPAIRED.stream()
                .noneMatch(rule -> Forty.of(Set.of(rule), broken).isEmpty()));
        testbed.apply(Yaml.policy("Automatic", "Advise", "aggressiveness: 2"));

        Awaiting.until("Every Required rule holds", eyes::broken, List::isEmpty);
        quiet(migrations);
        Awaiting.always(
                "What wants to go to a closed node stays", SEVERAL_CYCLES, () -> nodeOf("wish-0"), "node-1"::equals);
        Map<String, String> running = Vms.running(testbed);
        assertThat(running.get("given-0")).as(eyes.placement()).isNotEqualTo(running.get("given-1"));
        assertThat(nodes(running, "kept").values()).as(eyes.placement()).allMatch(count -> count <= 2);
        assertThat(nodes(running, "licensed")).as(eyes.placement()).hasSize(1);
        assertThat(migrations.of("wish-0")).isEmpty();

        eyes.forget();
        testbed.client()
                .resources(ClusterPlacementConstraint.class)
                .withName("closed")
                .delete();
        Awaiting.until("The wish is granted", () -> nodeOf("wish-0"), "node-4"::equals);
        quiet(migrations);

        assertThat(migrations.of("wish-0")).hasSize(1);
        assertThat(migrations.all())
                .allMatch(Migrations.Seen::ours)
                .extracting(Migrations.Seen::phase)
                .containsOnly("Succeeded");
        assertThat(eyes.breaches()).as("at %d instants", eyes.instants()).isEmpty();
    }

    private static Vms licensed(int number) {
        return Vms.named("licensed-" + number, 1).label("app", "licensed").preferring("node-" + number);
    }

    private void rules() {
        Map<String, String> rules = Map.of(
                "given",
                "type: Overcommit, overcommit: {resource: cpu, ratioPercent: 100, nodeSelector: {}}",
                "kept",
                "type: Reserve, reserve: {cpu: 6}",
                "licensed",
                "type: MaxNodesInUse, maxNodesInUse: {max: 1, nodeSelector: {}}");
        rules.forEach((app, rule) -> testbed.apply(Yaml.clusterRule(app, "app: " + app, rule)));
        testbed.apply(Yaml.clusterRule(
                "closed",
                "app: wish",
                "type: Quarantine, quarantine: {nodeSelector: {matchLabels: {%s}}}".formatted(NODE_4)));
        testbed.apply(Yaml.rule(
                "wish",
                "app: wish",
                "enforcement: Preferred, weight: 50, type: AllowedNodes, allowedNodes: {nodeSelector: {matchLabels: {%s}}}"
                        .formatted(NODE_4)));
        Set.of("given", "kept", "licensed", "closed")
                .forEach(rule -> shown.awaitCondition("ClusterPlacementConstraint", rule, "Accepted", "True"));
        shown.awaitCondition("PlacementConstraint", "wish", "Accepted", "True");
    }

    private void quiet(Migrations migrations) {
        Awaiting.until("All migrations have ended", migrations::all, all -> all.stream()
                .allMatch(migration -> migration.phase().equals("Succeeded")));
        shown.awaitCondition("PlacementPolicy", "default", "Balanced", "True");
    }

    private String nodeOf(String vm) {
        return Vms.running(testbed).get(vm);
    }

    /** How many of these are on each node. */
    private static Map<String, Long> nodes(Map<String, String> running, String group) {
        return running.entrySet().stream()
                .filter(entry -> entry.getKey().startsWith(group))
                .map(Map.Entry::getValue)
                .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
    }
}
