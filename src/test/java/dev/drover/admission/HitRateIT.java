package dev.drover.admission;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.api.Definitions;
import dev.drover.testbed.NodeShape;
import dev.drover.testbed.OnTestbed;
import dev.drover.testbed.Testbed;
import java.time.Duration;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * How many pods end on the node that the engine chose, on 500 nodes that are all alike: the hardest case for a mere preference, since
 * the scheduler scores only a part of that many nodes.
 */
@OnTestbed
@Tag("full")
class HitRateIT {
    private static final int NODES = 500;
    private static final int VMS = 100;
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    private final Testbed testbed;

    HitRateIT(Testbed testbed) {
        this.testbed = testbed;
    }

    @Test
    void the_gate_puts_all_on_the_chosen_nodes_and_advice_most() {
        testbed.reset();
        Definitions.install(testbed.client());
        testbed.addNodes(IntStream.range(0, NODES)
                .mapToObj(i -> NodeShape.plain("node-" + i))
                .toArray(NodeShape[]::new));
        try (Replica leader = new Replica(testbed.client(), true, Duration.ofSeconds(60), true)) {
            leader.start().register();

            double advised = rate(leader, "Advise");
            double gated = rate(leader, "Gate");

            System.out.printf(
                    "On the chosen node, %d of %d plain nodes: Gate %.0f %%, Advise %.0f %%%n",
                    VMS, NODES, gated, advised);
            assertThat(gated).isGreaterThanOrEqualTo(99);
        } finally {
            new WebhookRegistration(testbed.client()).remove();
        }
    }

    /** @return percent of the pods that were bound */
    private double rate(Replica leader, String mode) {
        String label = mode.toLowerCase(java.util.Locale.ROOT);
        testbed.apply(VmManifests.policy(mode));
        Awaitility.await().atMost(PATIENCE).until(() -> leader.snapshot().policies().stream()
                .anyMatch(policy -> policy.getSpec().admission().name().equalsIgnoreCase(mode)));
        testbed.apply(VmManifests.vms(label, VMS));
        Awaitility.await()
                .atMost(PATIENCE)
                .pollInterval(Duration.ofSeconds(1))
                .until(() -> leader.bound(label, "chosen") + leader.bound(label, "other") >= VMS);
        return 100 * leader.bound(label, "chosen") / VMS;
    }
}
