package dev.drover.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.testbed.OnTestbed;
import dev.drover.testbed.Testbed;
import dev.drover.testbed.player.Demand;
import dev.drover.testbed.player.MetricsMode;
import dev.drover.testbed.player.VmId;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Mistakes of people and of other programs: a condition names the thing, and the operator goes on. */
@OnTestbed
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BadInputIT {
    private final Testbed testbed;
    private final Shown shown;
    private Stage stage;
    private OperatorProcess operator;

    BadInputIT(Testbed testbed) {
        this.testbed = testbed;
        this.shown = new Shown(testbed);
    }

    @BeforeAll
    void threeMachinesOnFourNodes() {
        stage = Stage.withNodes(testbed, 4);
        operator = stage.keep(
                OperatorProcess.on(testbed).with("metrics-stale-after", "15s").start());
        Vms.named("db", 3).run(testbed);
        testbed.apply(Yaml.policy("Automatic", "Advise"));
        shown.awaitCondition("PlacementPolicy", "default", "Ready", "True");
    }

    @AfterEach
    void theOperatorGoesOn() {
        assertThat(operator.alive()).as(operator.lastWords()).isTrue();
        assertThat(operator.text()).doesNotContain("The cycle failed");
    }

    @AfterAll
    void end() throws Exception {
        stage.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    no-such-node  | app: db | type: AllowedNodes, allowedNodes: {nodeSelector: {matchLabels: {kubernetes.io/hostname: node-9}}} | Accepted | False UnknownNode | node-9
                    no-such-label | app: db | type: ForbiddenNodes, forbiddenNodes: {nodeSelector: {matchLabels: {no-such-label: x}}} | Accepted | False UnknownNode | no-such-label
                    no-such-vm    | app: nobody | type: Spread | Accepted | True SelectorMatchesNothing | nobody
                    too-few-zones | app: db | type: Spread, spread: {topologyKey: topology.kubernetes.io/zone} | Conflicting | True RuleCannotHold | too-few-zones
                    """)
    void aRuleThatCannotBeMeantIsNamed(
            String name, String labels, String rule, String condition, String verdict, String thing) {
        testbed.apply(Yaml.rule(name, labels, rule));

        assertThat(shown.awaitCondition("PlacementConstraint", name, condition, verdict))
                .contains(thing);
        testbed.client()
                .genericKubernetesResources("drover.dev/v1alpha1", "PlacementConstraint")
                .inNamespace("default")
                .withName(name)
                .delete();
    }

    @Test
    void ofTwoPoliciesOverOneNodeTheNewerGovernsNone() {
        testbed.apply(Yaml.policyNamed("zone-a", "mode: Automatic", zone()));
        shown.awaitCondition("PlacementPolicy", "zone-a", "Ready", "True");
        testbed.apply(Yaml.policyNamed("zone-a-again", "mode: Automatic", zone()));

        assertThat(shown.awaitCondition("PlacementPolicy", "zone-a-again", "Conflicting", "True PoliciesOverlap"))
                .contains("zone-a");
        assertThat(shown.condition("PlacementPolicy", "zone-a-again", "Ready")).startsWith("False");
        assertThat(shown.condition("PlacementPolicy", "zone-a", "Conflicting")).startsWith("False");
    }

    @Test
    void withoutMetricsRequestsCountAndThePolicySaysSo() {
        Awaiting.until("Metrics are used", this::source, source -> source.equals("Metrics"));

        testbed.player().metrics().mode(MetricsMode.NOT_INSTALLED);

        Awaiting.until("Requests are used", this::source, source -> source.equals("Requests"));
        assertThat(shown.awaitCondition("PlacementPolicy", "default", "Ready", "True NoMetrics"))
                .contains("metrics.k8s.io");
        testbed.player().metrics().mode(MetricsMode.NORMAL);
        Awaiting.until("Metrics are used again", this::source, source -> source.equals("Metrics"));
    }

    @ParameterizedTest
    @EnumSource(
            value = MetricsMode.class,
            names = {"NEGATIVE", "MALFORMED", "ABSURD"})
    void aMeasurementThatMakesNoSenseIsNotUsedAndItsMachineIsNamed(MetricsMode mode) {
        testbed.player().demand(VmId.of("db-0"), Demand.constant(0.5, 1 << 28));
        testbed.player().metrics().mode(VmId.of("db-0"), mode);

        Awaiting.until(
                "The policy names the machine",
                () -> shown.status("PlacementPolicy", "default", "faults"),
                faults -> faults.contains("default/db-0") && faults.contains("MetricsInvalid"));

        testbed.player().metrics().mode(VmId.of("db-0"), MetricsMode.NORMAL);
        Awaiting.until(
                "The fault is cleared",
                () -> shown.status("PlacementPolicy", "default", "faults"),
                faults -> !faults.contains("MetricsInvalid"));
    }

    private String source() {
        return shown.status("PlacementPolicy", "default", "demandSource");
    }

    private static String zone() {
        return "nodeSelector: {matchLabels: {topology.kubernetes.io/zone: a}}";
    }
}
