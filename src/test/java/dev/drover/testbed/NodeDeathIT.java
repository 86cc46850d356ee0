package dev.drover.testbed;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A node that dies here dies as a machine does. About two minutes: the controller-manager waits 50 s before it believes it. */
@OnTestbed
@Tag("full")
class NodeDeathIT {

    @Test
    void aDeadNodesPodsStayUntilSomebodySwearsThatItIsOff(Testbed testbed) {
        VirtualMachines vms = new VirtualMachines(testbed);
        testbed.addNodes(NodeShape.plain("node-1").label("first", "yes"));
        vms.apply("web-0", "");
        vms.awaitPhase("web-0", "Running");
        testbed.addNodes(NodeShape.plain("node-2"));

        testbed.killNode("node-1");

        Awaitility.await("The node is not ready")
                .atMost(Duration.ofMinutes(3))
                .until(() ->
                        !Nodes.ready(testbed.client().nodes().withName("node-1").get()));
        launchers(testbed).forEach(pod -> testbed.client().resource(pod).delete());
        Awaitility.await("Nobody ends the pod of a dead node")
                .during(Duration.ofSeconds(15))
                .atMost(Duration.ofSeconds(60))
                .untilAsserted(
                        () -> assertThat(launchers(testbed)).singleElement().satisfies(pod -> assertThat(
                                        pod.getMetadata().getDeletionTimestamp())
                                .isNotNull()));
        assertThat(vms.node("web-0")).isEqualTo("node-1");

        testbed.client()
                .nodes()
                .withName("node-1")
                .patch(
                        PatchContext.of(PatchType.STRATEGIC_MERGE),
                        """
                {"spec":{"taints":[{"key":"node.kubernetes.io/out-of-service","value":"nodeshutdown","effect":"NoExecute"}]}}""");

        Awaitility.await("The VM runs on the other node")
                .atMost(Duration.ofMinutes(2))
                .untilAsserted(() -> assertThat(vms.node("web-0")).isEqualTo("node-2"));
        vms.awaitPhase("web-0", "Running");
    }

    private static List<Pod> launchers(Testbed testbed) {
        return testbed.client()
                .pods()
                .inNamespace("default")
                .withLabel("kubevirt.io", "virt-launcher")
                .list()
                .getItems();
    }
}
