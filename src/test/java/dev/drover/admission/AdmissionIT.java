package dev.drover.admission;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.api.Definitions;
import dev.drover.constraint.RuleList;
import dev.drover.kubevirt.KubeVirtApi;
import dev.drover.testbed.NodeShape;
import dev.drover.testbed.OnTestbed;
import dev.drover.testbed.Testbed;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The webhook and the gate with a real API server, scheduler and virt-controller. */
@OnTestbed
class AdmissionIT {
    private static final Duration PATIENCE = Duration.ofSeconds(120);
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final String APART =
            """
            apiVersion: drover.dev/v1alpha1
            kind: PlacementConstraint
            metadata: {name: apart, namespace: default}
            spec: {type: Spread, virtualMachines: {matchLabels: {app: db}}, spread: {}}
            ---
            apiVersion: drover.dev/v1alpha1
            kind: PlacementConstraint
            metadata: {name: zone-a, namespace: default}
            spec: {type: AllowedNodes, virtualMachines: {matchLabels: {app: web}}, allowedNodes: {nodeSelector: {matchLabels: {topology.kubernetes.io/zone: a}}}}
            """;

    private final Testbed testbed;
    private final KubernetesClient client;
    private @Nullable Replica replica;

    AdmissionIT(Testbed testbed) {
        this.testbed = testbed;
        this.client = testbed.client();
    }

    @BeforeEach
    void sixNodes() {
        testbed.reset();
        Definitions.install(client);
        testbed.addNodes(IntStream.range(0, 6)
                .mapToObj(i -> NodeShape.plain("node-" + i).zone(i < 3 ? "a" : "b"))
                .toArray(NodeShape[]::new));
    }

    @AfterEach
    void stop() {
        new WebhookRegistration(client).remove();
        if (replica != null) {
            replica.close();
        }
    }

    @Test
    void advise_puts_the_rules_and_the_chosen_node_onto_the_pod() {
        testbed.apply(VmManifests.policy("Advise"));
        testbed.apply(APART);
        Replica leader = replica(true, LONG, true);

        testbed.apply(VmManifests.vms("db", 3) + VmManifests.vms("web", 2));

        Map<String, Pod> pods = running(5);
        assertThat(pods.values()).allSatisfy(pod -> {
            assertThat(pod.getMetadata().getAnnotations())
                    .containsKeys(RuleList.ANNOTATION, DroverAnnotations.CHOSEN_NODE);
            assertThat(pod.getSpec().getAffinity().getNodeAffinity()).isNotNull();
        });
        assertThat(nodes(pods, "db")).doesNotHaveDuplicates();
        assertThat(nodes(pods, "web")).isSubsetOf("node-0", "node-1", "node-2");
        assertThat(leader.decisions("advise", "placed")).isGreaterThanOrEqualTo(5);
        Awaitility.await()
                .atMost(PATIENCE)
                .until(() -> leader.bound("advise", "chosen") + leader.bound("advise", "other") == 5);
    }

    @Test
    void gate_places_forty_at_once_on_the_chosen_nodes() {
        testbed.apply(VmManifests.policy("Gate"));
        testbed.apply(APART);
        Replica leader = replica(true, LONG, true);

        testbed.apply(VmManifests.vms("db", 6) + VmManifests.vms("web", 17) + VmManifests.vms("any", 17));

        Map<String, Pod> pods = running(40);
        assertThat(nodes(pods, "db")).doesNotHaveDuplicates();
        assertThat(nodes(pods, "web")).isSubsetOf("node-0", "node-1", "node-2");
        assertThat(pods.values()).allSatisfy(pod -> assertThat(pod.getSpec().getNodeName())
                .isEqualTo(pod.getMetadata().getAnnotations().get(DroverAnnotations.CHOSEN_NODE)));
        assertThat(leader.lifted("decided")).isEqualTo(40);
        assertThat(leader.lifted("overdue")).isZero();
        Awaitility.await().atMost(PATIENCE).until(() -> leader.bound("gate", "chosen") == 40);
    }

    @Test
    void without_a_leader_no_gate_outlives_its_deadline() {
        testbed.apply(VmManifests.policy("Gate"));
        testbed.apply(APART);
        Replica follower = replica(false, Duration.ofSeconds(3), true);

        testbed.apply(VmManifests.vms("db", 2));

        Map<String, Pod> pods = running(2);
        assertThat(nodes(pods, "db")).as("the rules hold all the same").doesNotHaveDuplicates();
        assertThat(follower.lifted("overdue")).isEqualTo(2);
        assertThat(follower.events).hasSize(2).allSatisfy(event -> assertThat(event)
                .startsWith("GateOverdue")
                .contains("No leading replica decided"));
    }

    @Test
    void a_virtual_machine_that_fits_nowhere_is_let_go_at_the_deadline_with_the_reason() {
        testbed.apply(VmManifests.policy("Gate"));
        testbed.apply(APART);
        Replica leader = replica(true, Duration.ofSeconds(5), true);

        testbed.apply(VmManifests.vms("db", 7));

        running(6);
        Awaitility.await().atMost(PATIENCE).untilAsserted(() -> assertThat(leader.events)
                .anySatisfy(event -> assertThat(event).startsWith("GateOverdue")));
        assertThat(gated()).isEmpty();
    }

    @Test
    void after_an_outage_the_first_replica_lifts_overdue_gates_before_anything_else() {
        testbed.apply(VmManifests.policy("Gate"));
        Replica gone = replica(false, LONG, true);
        testbed.apply(VmManifests.vms("any", 2));
        Awaitility.await().atMost(PATIENCE).until(() -> gated().size() == 2);
        gone.close();

        OverdueGates first = overdueGates(Duration.ZERO);
        first.liftListed();

        assertThat(gated()).isEmpty();
        running(2);
    }

    @Test
    void an_operator_without_the_right_to_lift_a_gate_says_so_once() {
        try (KubernetesClient nobody = new KubernetesClientBuilder()
                .withConfig(new ConfigBuilder(client.getConfiguration())
                        .withImpersonateUsername("nobody")
                        .build())
                .build()) {
            Desk desk = new Desk(new World(), nobody, AdmissionSettings.DEFAULT);
            desk.world.gated.add(GatedPodTest.pod("web-1"));
            desk.now = World.NOW.plus(AdmissionSettings.DEFAULT.gateDeadline());
            OverdueGates overdue = desk.overdueGates();

            overdue.liftCached();
            overdue.liftCached();

            assertThat(desk.told)
                    .singleElement()
                    .asString()
                    .startsWith("GateNotLifted")
                    .endsWith("Run drover lift-gates.");
        }
    }

    @Test
    void uninstalling_lifts_every_gate_and_a_second_time_none() {
        testbed.apply(VmManifests.policy("Gate"));
        replica(false, LONG, true);
        testbed.apply(VmManifests.vms("any", 3));
        Awaitility.await().atMost(PATIENCE).until(() -> gated().size() == 3);
        KubeVirtApi api = new KubeVirtApi(client);

        assertThat(GateLifter.liftAll(api)).isEqualTo(new GateLifter.Report(3, Map.of()));

        assertThat(GateLifter.liftAll(api)).isEqualTo(new GateLifter.Report(0, Map.of()));
        running(3);
    }

    @Test
    void a_webhook_that_fails_or_is_gone_does_not_keep_anything_from_starting() {
        try (WebhookServer broken = new WebhookServer(review -> {
            throw new MalformedReview("broken on purpose");
        })) {
            new WebhookRegistration(client)
                    .apply(new WebhookRegistration.Target.Url(broken.url()), broken.authority(), "drover-system");
            testbed.apply(VmManifests.vms("any", 1));
            running(1);
        }
        testbed.apply(VmManifests.vms("any", 2));
        running(2);
    }

    @Test
    void for_an_older_scheduler_the_node_affinity_is_narrowed_to_a_few_candidates() {
        testbed.apply(VmManifests.policy("Gate"));
        testbed.apply(APART);
        Replica leader = replica(true, LONG, false);

        testbed.apply(VmManifests.vms("web", 2) + VmManifests.vms("any", 1));

        Map<String, Pod> pods = running(3);
        assertThat(leader.lifted("decided")).isEqualTo(3);
        assertThat(pods.values()).allSatisfy(pod -> {
            String required = String.valueOf(
                    pod.getSpec().getAffinity().getNodeAffinity().getRequiredDuringSchedulingIgnoredDuringExecution());
            assertThat(required)
                    .contains("kubernetes.io/hostname", pod.getSpec().getNodeName());
            assertThat(pod.getMetadata().getAnnotations()).containsKey(DroverAnnotations.CHOSEN_NODE);
        });
    }

    @Test
    void an_evacuation_by_others_passes_the_gate_and_stays_where_the_rules_allow() {
        testbed.apply(VmManifests.policy("Gate"));
        testbed.apply(APART);
        Replica leader = replica(true, LONG, true);
        testbed.apply(VmManifests.vms("web", 1));
        Pod source = running(1).get("web-0");
        Awaitility.await().atMost(PATIENCE).until(() -> leader.snapshot().cluster().vms().stream()
                .allMatch(vm -> vm.migratability().live()));

        // KubeVirt denies the eviction and creates a migration in its place.
        client.pods().resource(source).evict();

        Awaitility.await().atMost(PATIENCE).untilAsserted(() -> assertThat(
                        leader.snapshot().cluster().vms())
                .singleElement()
                .satisfies(vm -> assertThat(vm.node())
                        .isIn("node-0", "node-1", "node-2")
                        .isNotEqualTo(source.getSpec().getNodeName())));
        assertThat(leader.decisions("gate", "gated")).isGreaterThanOrEqualTo(2);
        assertThat(leader.lifted("decided")).isEqualTo(2);
    }

    private Replica replica(boolean leading, Duration gateDeadline, boolean nominates) {
        Replica started = new Replica(client, leading, gateDeadline, nominates);
        replica = started;
        started.start().register();
        return started;
    }

    private OverdueGates overdueGates(Duration deadline) {
        AdmissionSettings usual = AdmissionSettings.DEFAULT;
        Desk desk = new Desk(
                new World(),
                client,
                new AdmissionSettings(
                        usual.most(),
                        deadline,
                        usual.batchQuiet(),
                        usual.batchLimit(),
                        usual.reservation(),
                        usual.patience()));
        desk.now = InstantSource.system().instant();
        return desk.overdueGates();
    }

    private Map<String, Pod> launchers() {
        Map<String, Pod> pods = new TreeMap<>();
        client.pods().inNamespace("default").withLabel("kubevirt.io", "virt-launcher").list().getItems().stream()
                .filter(pod -> pod.getMetadata().getDeletionTimestamp() == null)
                .forEach(pod -> pods.put(
                        pod.getMetadata().getOwnerReferences().getFirst().getName(), pod));
        return pods;
    }

    /** The launcher pods by virtual machine, once so many of them run. */
    private Map<String, Pod> running(int count) {
        Awaitility.await().atMost(PATIENCE).pollInterval(Duration.ofSeconds(1)).untilAsserted(() -> assertThat(
                        launchers().values().stream()
                                .filter(pod -> "Running".equals(pod.getStatus().getPhase())))
                .hasSize(count));
        return launchers();
    }

    private List<Pod> gated() {
        return launchers().values().stream()
                .filter(pod -> pod.getSpec().getSchedulingGates() != null
                        && !pod.getSpec().getSchedulingGates().isEmpty())
                .toList();
    }

    private static List<String> nodes(Map<String, Pod> pods, String app) {
        return pods.values().stream()
                .filter(pod -> app.equals(pod.getMetadata().getLabels().get("app")))
                .map(pod -> pod.getSpec().getNodeName())
                .toList();
    }
}
