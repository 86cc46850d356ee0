package dev.drover.admission;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.api.Definitions;
import dev.drover.testbed.NodeShape;
import dev.drover.testbed.OnTestbed;
import dev.drover.testbed.Testbed;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Virtual machines of 20 GiB that start all together or not at all, with a real scheduler. */
@OnTestbed
class GangIT {
    private static final Duration PATIENCE = Duration.ofSeconds(180);
    private static final Duration LONG = Duration.ofMinutes(5);
    private static final String ONE_ZONE =
            """
            apiVersion: drover.dev/v1alpha1
            kind: PlacementConstraint
            metadata: {name: one-zone, namespace: default}
            spec: {type: SameDomain, virtualMachines: {matchLabels: {app: db}}, sameDomain: {topologyKey: topology.kubernetes.io/zone}}
            """;

    private final Testbed testbed;
    private final KubernetesClient client;
    private @Nullable Replica replica;

    GangIT(Testbed testbed) {
        this.testbed = testbed;
        this.client = testbed.client();
    }

    @BeforeEach
    void gate() {
        testbed.reset();
        Definitions.install(client);
        testbed.apply(VmManifests.policy("Gate"));
    }

    @AfterEach
    void stop() {
        new WebhookRegistration(client).remove();
        if (replica != null) {
            replica.close();
        }
    }

    private Replica leader(Duration gateDeadline) {
        Replica started = new Replica(client, true, gateDeadline, true);
        replica = started;
        started.start().register();
        return started;
    }

    private static NodeShape node(String name, String zone, String memory) {
        return NodeShape.plain(name).zone(zone).memory(memory);
    }

    /** Zone a has the emptiest node, which takes two of them; in zone b there is room for all three. */
    @Test
    void a_gang_goes_where_there_is_room_for_all_of_it() {
        testbed.addNodes(
                node("a-0", "a", "48Gi"), node("b-0", "b", "32Gi"), node("b-1", "b", "32Gi"), node("b-2", "b", "32Gi"));
        testbed.apply(ONE_ZONE);
        Replica leader = leader(LONG);

        testbed.apply(VmManifests.gang("db", 3, "20Gi"));

        assertThat(running(3))
                .extracting(pod -> pod.getSpec().getNodeName())
                .containsExactlyInAnyOrder("b-0", "b-1", "b-2");
        assertThat(leader.lifted("decided")).isEqualTo(3);
    }

    @Test
    void a_gang_that_does_not_fit_waits_says_why_and_starts_once_there_is_room() {
        testbed.addNodes(node("n-0", "a", "32Gi"), node("n-1", "a", "32Gi"));
        Replica leader = leader(LONG);

        testbed.apply(VmManifests.gang("db", 3, "20Gi"));

        Awaitility.await().atMost(PATIENCE).untilAsserted(() -> assertThat(leader.events.stream()
                        .filter(event -> event.startsWith("NoNodeYet"))
                        .filter(event -> event.contains("All 3 of its gang start or none"))
                        .filter(event -> event.contains("finds no node: 0 of 2 nodes: 2 too little memory")))
                .hasSize(3));
        assertThat(launchers()).allMatch(pod -> pod.getSpec().getNodeName() == null);

        testbed.addNodes(node("n-2", "a", "32Gi"));

        assertThat(running(3))
                .extracting(pod -> pod.getSpec().getNodeName())
                .containsExactlyInAnyOrder("n-0", "n-1", "n-2");
        assertThat(leader.lifted("overdue")).isZero();
    }

    @Test
    void a_gang_that_is_not_complete_at_the_deadline_starts_all_the_same() {
        testbed.addNodes(node("n-0", "a", "64Gi"));
        Replica leader = leader(Duration.ofSeconds(8));

        testbed.apply(VmManifests.gang("db", 3, "20Gi").replaceFirst("(?s)---.*?(?=---)", ""));

        running(2);
        assertThat(leader.events)
                .filteredOn(event -> event.startsWith("GateOverdue"))
                .hasSize(2)
                .allMatch(event ->
                        event.contains("Its gang (default/db) starts together or not at all, and 2 of 3 are there."));
        assertThat(leader.lifted("decided")).isZero();
    }

    private List<Pod> launchers() {
        return client.pods()
                .inNamespace("default")
                .withLabel("kubevirt.io", "virt-launcher")
                .list()
                .getItems();
    }

    private List<Pod> running(int count) {
        Awaitility.await().atMost(PATIENCE).pollInterval(Duration.ofSeconds(1)).untilAsserted(() -> assertThat(
                        launchers())
                .filteredOn(pod -> "Running".equals(pod.getStatus().getPhase()))
                .hasSize(count));
        return launchers();
    }
}
