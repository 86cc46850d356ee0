package dev.drover.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.api.v1alpha1.PlacementConstraint;
import dev.drover.testbed.OnTestbed;
import dev.drover.testbed.Testbed;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Rules while virtual machines move: ours, those that KubeVirt moves, and rules that come and go. */
@OnTestbed
class RepairIT {
    private static final int EVICTION_BECAME_A_MIGRATION = 429;
    private static final String ZONES = "type: Spread, spread: {topologyKey: topology.kubernetes.io/zone}";

    private final Testbed testbed;
    private final Shown shown;
    private Stage stage;
    private Eyes eyes;
    private Migrations migrations;

    RepairIT(Testbed testbed) {
        this.testbed = testbed;
        this.shown = new Shown(testbed);
    }

    /** node-1 and node-2 are in zone a, node-3 and node-4 in zone b. */
    @BeforeEach
    void fourNodesInTwoZones() {
        stage = Stage.withNodes(testbed, 4);
        stage.operator();
        testbed.apply(Yaml.policy("Automatic", "Advise", "aggressiveness: 1"));
        shown.awaitCondition("PlacementPolicy", "default", "Ready", "True");
        eyes = stage.eyes();
        migrations = stage.migrations();
    }

    @AfterEach
    void end() throws Exception {
        stage.close();
    }

    @Test
    void underASpreadOverZonesAVirtualMachineMovesInsideItsZone() {
        seen(Yaml.rule("apart", "app: db", ZONES));
        Vms.named("db", 2).run(testbed);
        String from = Vms.running(testbed).get("db-0");
        assertThat(eyes.broken()).as(eyes.placement()).isEmpty();

        seen(Yaml.rule(
                "not-there",
                "app: db",
                "type: ForbiddenNodes, forbiddenNodes: {nodeSelector: {matchLabels:"
                        + " {kubernetes.io/hostname: %s}}}".formatted(from)));
        Awaiting.until("db-0 is moved", () -> Vms.running(testbed).get("db-0"), node -> !from.equals(node));
        quiet();

        assertThat(Vms.running(testbed)).containsEntry("db-0", neighbour(from));
        assertThat(migrations.ours()).hasSize(1);
        assertThat(breachesOf("apart")).as("at %d instants", eyes.instants()).isEmpty();
    }

    @Test
    void anEvictedVirtualMachineLandsWhereTheRulesAllow() {
        seen(Yaml.rule("apart", "app: db", ZONES));
        Vms.named("db", 2).run(testbed);
        String from = Vms.running(testbed).get("db-0");

        evict("db-0");
        Awaiting.until("db-0 is evacuated", () -> Vms.running(testbed).get("db-0"), node -> !from.equals(node));
        quiet();

        assertThat(Vms.running(testbed)).containsEntry("db-0", neighbour(from));
        assertThat(migrations.of("db-0")).singleElement().satisfies(evacuation -> {
            assertThat(evacuation.ours()).isFalse();
            assertThat(evacuation.name()).startsWith("kubevirt-evacuation-");
        });
        assertThat(eyes.breaches()).as("at %d instants", eyes.instants()).isEmpty();
    }

    @Test
    void aRemovedRuleIsOnNoPodThatIsRenderedLater() {
        seen(Yaml.rule("apart", "app: db", "type: Spread"));
        Vms.named("db", 2).run(testbed);

        testbed.client()
                .resources(PlacementConstraint.class)
                .inNamespace("default")
                .withName("apart")
                .delete();
        Awaiting.until(
                "The operator has seen the removal, and the policy lists what the rule left behind",
                () -> shown.status("PlacementPolicy", "default", "leftoverTerms"),
                leftovers -> leftovers.contains("apart") && leftovers.contains("pods=2"));
        Vms.named("later", 1).label("app", "db").run(testbed);

        assertThat(ruleTerms("later-0")).isZero();
        assertThat(ruleTerms("db-0")).as("what runs keeps its terms").isPositive();
    }

    @Test
    void ofTwoRulesThatConflictTheNewerNamesTheOtherAndIsNotActedOn() {
        seen(Yaml.rule(
                "in-zone-a",
                "app: db",
                "type: AllowedNodes, allowedNodes: {nodeSelector: {matchLabels:"
                        + " {topology.kubernetes.io/zone: a}}}"));
        Vms.named("db", 2).run(testbed);
        seen(Yaml.rule(
                "not-in-zone-a",
                "app: db",
                "type: ForbiddenNodes, forbiddenNodes: {nodeSelector: {matchLabels:"
                        + " {topology.kubernetes.io/zone: a}}}"));

        String conflict = shown.awaitCondition("PlacementConstraint", "not-in-zone-a", "Conflicting", "True");
        quiet();

        assertThat(conflict).startsWith("True RulesConflict");
        assertThat(shown.status("PlacementConstraint", "not-in-zone-a", "conflictsWith"))
                .contains("in-zone-a");
        assertThat(migrations.all()).isEmpty();
        assertThat(Vms.running(testbed).values()).isSubsetOf("node-1", "node-2");
    }

    /** Applies a rule and waits until Drover has seen it. */
    private void seen(String rule) {
        testbed.apply(rule);
        String name = rule.replaceAll("(?s).*metadata: \\{name: ([a-z-]+).*", "$1");
        Awaiting.until(
                "The rule " + name + " is judged",
                () -> shown.condition("PlacementConstraint", name, "Ready"),
                ready -> !ready.isEmpty());
    }

    private void quiet() {
        Awaiting.until("All migrations have ended", migrations::all, all -> all.stream()
                .allMatch(migration -> migration.phase().equals("Succeeded")));
        shown.awaitCondition("PlacementPolicy", "default", "Balanced", "True");
    }

    private List<String> breachesOf(String rule) {
        return eyes.breaches().stream().filter(breach -> breach.contains(rule)).toList();
    }

    private static String neighbour(String node) {
        return Map.of("node-1", "node-2", "node-2", "node-1", "node-3", "node-4", "node-4", "node-3")
                .get(node);
    }

    private void evict(String vm) {
        try {
            testbed.client()
                    .pods()
                    .inNamespace("default")
                    .withName(launcher(vm).getMetadata().getName())
                    .evict();
        } catch (KubernetesClientException refused) {
            assertThat(refused.getCode()).isEqualTo(EVICTION_BECAME_A_MIGRATION);
        }
    }

    private long ruleTerms(String vm) {
        var affinity = launcher(vm).getSpec().getAffinity();
        return affinity == null || affinity.getPodAntiAffinity() == null
                ? 0
                : affinity.getPodAntiAffinity().getRequiredDuringSchedulingIgnoredDuringExecution().stream()
                        .filter(term -> term.getLabelSelector().toString().contains("db"))
                        .count();
    }

    private Pod launcher(String vm) {
        return testbed
                .client()
                .pods()
                .inNamespace("default")
                .withLabel("kubevirt.io", "virt-launcher")
                .list()
                .getItems()
                .stream()
                .filter(pod -> vm.equals(pod.getMetadata().getAnnotations().get("kubevirt.io/domain")))
                .filter(pod -> "Running".equals(pod.getStatus().getPhase()))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no launcher of " + vm));
    }
}
