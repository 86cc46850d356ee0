package dev.drover.observe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.api.v1alpha1.DemandSource;
import dev.drover.model.Demand;
import dev.drover.testbed.NodeShape;
import dev.drover.testbed.OnTestbed;
import dev.drover.testbed.Testbed;
import dev.drover.testbed.player.MetricsMode;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Measurements that are missing, wrong or old never stop the observer, and it says what is the matter. */
@OnTestbed
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MetricsIT {

    private final Testbed testbed;
    private Scene scene;

    MetricsIT(Testbed testbed) {
        this.testbed = testbed;
    }

    @BeforeAll
    void oneMachine() {
        Scene.applyOwnKinds(testbed);
        testbed.addNodes(NodeShape.plain("node-1"));
        testbed.apply(Scene.virtualMachine("web-0", "web"));
        testbed.apply("{apiVersion: drover.dev/v1alpha1, kind: PlacementPolicy, metadata: {name: default}, spec: {}}");
        testbed.apply(
                """
                apiVersion: drover.dev/v1alpha1
                kind: PlacementPolicy
                metadata: {name: insists}
                spec: {nodeSelector: {matchLabels: {no: node}}, demand: {source: Metrics}}
                """);
        scene = Scene.impatient(testbed.client()).ready();
        scene.awaitMovable("web-0");
    }

    @AfterEach
    void backToNormal() {
        testbed.player().metrics().mode(MetricsMode.NORMAL);
        scene.await(() -> scene.vm("web-0").demand().source() == Demand.Source.MEASURED
                && scene.snapshot().faults().isEmpty());
    }

    @AfterAll
    void stop() {
        if (scene != null) {
            scene.close();
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = MetricsMode.class,
            names = {"NOT_INSTALLED", "UNAVAILABLE", "EMPTY"})
    void withoutMetricsRequestsStandInAndThePolicySaysSo(MetricsMode mode) {
        testbed.player().metrics().mode(mode);

        scene.await(() -> scene.snapshot().demandOf().get("default").source() == DemandSource.REQUESTS);

        Snapshot snapshot = scene.snapshot();
        assertThat(snapshot.demandOf().get("default").usable()).isTrue();
        assertThat(snapshot.demandOf().get("default").message()).contains("metrics.k8s.io");
        assertThat(snapshot.demandOf().get("insists").usable()).isFalse();
        assertThat(scene.vm("web-0").demand().source()).isEqualTo(Demand.Source.REQUESTED);
        assertThat(snapshot.freshness().fresh())
                .as("metrics do not make caches stale")
                .isTrue();
    }

    @Test
    void whatDoesNotChangeAnyMoreIsNotBelieved() {
        testbed.player().metrics().mode(MetricsMode.STALE);

        scene.await(() -> scene.vm("web-0").demand().source() == Demand.Source.REQUESTED);

        assertThat(scene.snapshot().cluster().vms()).hasSize(1);
    }

    @ParameterizedTest(name = "{0} is a fault that says: {1}")
    @CsvSource({"NEGATIVE, is negative", "MALFORMED, is no quantity", "ABSURD, is more than the node (node-1) has"})
    void nonsenseIsAFaultOfItsMachine(MetricsMode mode, String message) {
        testbed.player().metrics().mode(mode);

        scene.await(() -> !scene.snapshot().faults().isEmpty());

        assertThat(scene.snapshot().faults()).singleElement().satisfies(fault -> {
            assertThat(fault.kind()).isEqualTo("VirtualMachine");
            assertThat(fault.name()).isEqualTo("web-0");
            assertThat(fault.message()).contains(message);
        });
        assertThat(scene.vm("web-0").demand().amount().cpuMillis()).isBetween(0L, 16_000L);
    }
}
