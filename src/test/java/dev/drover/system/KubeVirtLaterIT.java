package dev.drover.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.testbed.NodeShape;
import dev.drover.testbed.Testbed;
import dev.drover.testbed.TestbedOptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** An operator that is there before KubeVirt. On a control plane of its own: on the shared one KubeVirt is there from the start. */
@Tag("bed")
class KubeVirtLaterIT {

    @Test
    void withoutKubeVirtTheOperatorSaysSoAndItPlacesAndMovesWhenKubeVirtIsInstalled() {
        try (Testbed testbed = Testbed.start(TestbedOptions.defaults().withoutKubeVirt())) {
            for (int i = 1; i <= 3; i++) {
                testbed.addNodes(NodeShape.plain("node-" + i));
            }
            try (OperatorProcess operator = OperatorProcess.on(testbed).start()) {
                saysSo(testbed);
                testbed.installKubeVirt();
                placesAndMoves(testbed);
                assertThat(operator.alive()).isTrue();
            }
        }
    }

    private static void saysSo(Testbed testbed) {
        Shown shown = new Shown(testbed);
        testbed.apply(Yaml.policy("Automatic", "Advise", "aggressiveness: 1"));
        testbed.apply(Yaml.rule("twins-apart", "app: twin", "type: Spread"));
        String why = shown.awaitCondition(
                "PlacementPolicy", "default", "Ready", "False KubeVirtAbsent: KubeVirt is not installed");
        assertThat(why).contains("install KubeVirt");
        assertThat(shown.plans()).isEmpty();
    }

    private static void placesAndMoves(Testbed testbed) {
        Shown shown = new Shown(testbed);
        shown.awaitCondition("PlacementPolicy", "default", "Ready", "True");
        Vms.named("twin", 2).preferring("node-1").run(testbed);
        assertThat(Vms.running(testbed).values())
                .as("the webhook keeps them apart, though both prefer one node")
                .doesNotHaveDuplicates();

        try (Migrations migrations = Migrations.record(testbed)) {
            testbed.apply(
                    Yaml.rule(
                            "not-on-node-1",
                            "app: twin",
                            "type: ForbiddenNodes, forbiddenNodes: {nodeSelector: {matchLabels: {kubernetes.io/hostname: node-1}}}"));
            Awaiting.until(
                    "node-1 is left",
                    () -> Vms.running(testbed),
                    running -> running.size() == 2 && !running.containsValue("node-1"));
            assertThat(migrations.ours()).hasSize(1);
        }
        shown.awaitCondition("PlacementConstraint", "not-on-node-1", "Satisfied", "True");
    }
}
