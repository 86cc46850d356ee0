package dev.drover.admission;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.api.Definitions;
import dev.drover.constraint.Constraint;
import dev.drover.constraint.ConstraintChecker;
import dev.drover.constraint.NativeTerms;
import dev.drover.constraint.Occupancy;
import dev.drover.constraint.Violation;
import dev.drover.observe.Snapshot;
import dev.drover.testbed.NodeShape;
import dev.drover.testbed.OnTestbed;
import dev.drover.testbed.Testbed;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** 40 virtual machines are created at once on 6 nodes, under a rule of every kind that can bind a start, judged by the checker. */
@OnTestbed
class EveryKindIT {
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final String RULES =
            """
            apiVersion: drover.dev/v1alpha1
            kind: PlacementConstraint
            metadata: {name: db-apart, namespace: default}
            spec: {type: Spread, virtualMachines: {matchLabels: {app: db}}, spread: {}}
            ---
            apiVersion: drover.dev/v1alpha1
            kind: PlacementConstraint
            metadata: {name: even-over-zones, namespace: default}
            spec:
              type: Spread
              virtualMachines: {matchLabels: {app: even}}
              spread: {topologyKey: topology.kubernetes.io/zone, maxSkew: 1}
            ---
            apiVersion: drover.dev/v1alpha1
            kind: PlacementConstraint
            metadata: {name: red-not-blue, namespace: default}
            spec:
              type: SeparateFrom
              virtualMachines: {matchLabels: {app: red}}
              separateFrom: {selector: {matchLabels: {app: blue}}}
            ---
            apiVersion: drover.dev/v1alpha1
            kind: PlacementConstraint
            metadata: {name: web-in-zone-a, namespace: default}
            spec:
              type: AllowedNodes
              virtualMachines: {matchLabels: {app: web}}
              allowedNodes: {nodeSelector: {matchLabels: {topology.kubernetes.io/zone: a}}}
            ---
            apiVersion: drover.dev/v1alpha1
            kind: PlacementConstraint
            metadata: {name: gold-has-its-node, namespace: default}
            spec:
              type: AllowedNodes
              virtualMachines: {matchLabels: {app: gold}}
              allowedNodes: {nodeSelector: {matchLabels: {kubernetes.io/hostname: node-5}}}
            ---
            apiVersion: drover.dev/v1alpha1
            kind: PlacementConstraint
            metadata: {name: others-keep-off, namespace: default}
            spec:
              type: ForbiddenNodes
              virtualMachines: {matchExpressions: [{key: app, operator: NotIn, values: [gold]}]}
              forbiddenNodes: {nodeSelector: {matchLabels: {kubernetes.io/hostname: node-5}}}
            ---
            apiVersion: drover.dev/v1alpha1
            kind: ClusterPlacementConstraint
            metadata: {name: gold-alone}
            spec: {type: Exclusive, namespaceSelector: {}, virtualMachines: {matchLabels: {app: gold}}}
            ---
            apiVersion: drover.dev/v1alpha1
            kind: PlacementConstraint
            metadata: {name: pair-together, namespace: default}
            spec: {type: Colocate, virtualMachines: {matchLabels: {app: pair}}, colocate: {}}
            ---
            apiVersion: drover.dev/v1alpha1
            kind: PlacementConstraint
            metadata: {name: ring-in-one-zone, namespace: default}
            spec:
              type: SameDomain
              virtualMachines: {matchLabels: {app: ring}}
              sameDomain: {topologyKey: topology.kubernetes.io/zone}
            ---
            apiVersion: drover.dev/v1alpha1
            kind: ClusterPlacementConstraint
            metadata: {name: few-on-node-0}
            spec:
              type: Capacity
              namespaceSelector: {}
              virtualMachines: {}
              capacity: {maxVirtualMachines: 3, nodeSelector: {matchLabels: {kubernetes.io/hostname: node-0}}}
            """;
    private static final int KINDS = 10;

    private final Testbed testbed;
    private final List<AutoCloseable> open = new ArrayList<>();

    EveryKindIT(Testbed testbed) {
        this.testbed = testbed;
    }

    @BeforeEach
    void sixNodes() {
        testbed.reset();
        Definitions.install(testbed.client());
        testbed.addNodes(IntStream.range(0, 6)
                .mapToObj(i -> NodeShape.plain("node-" + i).zone(i < 3 ? "a" : "b"))
                .toArray(NodeShape[]::new));
    }

    @AfterEach
    void stop() throws Exception {
        new WebhookRegistration(testbed.client()).remove();
        for (AutoCloseable part : open.reversed()) {
            part.close();
        }
    }

    @ParameterizedTest
    @CsvSource({"Gate, false", "Advise, false", "Gate, true", "Advise, true"})
    void forty_at_once_obey(String mode, boolean twoReplicas) {
        testbed.apply(VmManifests.policy(mode));
        testbed.apply(RULES);
        Replica leader = start(true);
        serve(twoReplicas ? List.of(leader, start(false)) : List.of(leader));
        Awaitility.await()
                .atMost(PATIENCE)
                .until(() -> leader.snapshot().constraints().size() == KINDS);

        testbed.apply(VmManifests.vms("db", 4)
                + VmManifests.vms("gold", 2)
                + VmManifests.vms("pair", 2)
                + VmManifests.vms("ring", 3)
                + VmManifests.vms("red", 3)
                + VmManifests.vms("blue", 3)
                + VmManifests.vms("even", 6)
                + VmManifests.vms("web", 5)
                + VmManifests.vms("any", 12));

        Snapshot running = running(leader);
        if (mode.equals("Gate")) {
            // In Advise the chosen node is a hint, which the scheduler may weigh against others.
            assertThat(elsewhere(running)).as("not on the chosen node").isEmpty();
        }
        List<Violation> violations = ConstraintChecker.check(
                running.cluster(), running.constraints(), Occupancy.of(running.cluster()), ConstraintChecker.At.REST);
        assertThat(violations)
                .filteredOn(violation -> binds(mode, running, violation))
                .isEmpty();
        assertThat(leader.lifted("overdue")).isZero();
        assertThat(leader.bound("gate", "other")).isZero();
    }

    /** Advice may fail where Drover alone holds a rule: its loop repairs that. */
    private static boolean binds(String mode, Snapshot snapshot, Violation violation) {
        Set<String> byScheduler = snapshot.constraints().stream()
                .filter(rule -> NativeTerms.enforcedBy(rule) == NativeTerms.Enforcer.SCHEDULER)
                .map(Constraint::id)
                .map(id -> id.uid())
                .collect(Collectors.toSet());
        return mode.equals("Gate")
                || byScheduler.contains(violation.constraint().uid());
    }

    private List<String> elsewhere(Snapshot running) {
        return testbed.client().pods().inNamespace("default").list().getItems().stream()
                .filter(pod -> pod.getMetadata().getAnnotations().containsKey(DroverAnnotations.CHOSEN_NODE))
                .filter(pod -> !pod.getMetadata()
                        .getAnnotations()
                        .get(DroverAnnotations.CHOSEN_NODE)
                        .equals(pod.getSpec().getNodeName()))
                .map(pod -> pod.getMetadata().getOwnerReferences().getFirst().getName() + ": chosen "
                        + pod.getMetadata().getAnnotations().get(DroverAnnotations.CHOSEN_NODE) + ", is on "
                        + pod.getSpec().getNodeName())
                .toList();
    }

    private Replica start(boolean leading) {
        Replica replica = new Replica(testbed.client(), leading, Duration.ofSeconds(60), true);
        open.add(replica);
        return replica.start();
    }

    /** As a service of the cluster does: each call goes to the next replica. */
    private void serve(List<Replica> replicas) {
        AtomicInteger calls = new AtomicInteger();
        WebhookServer server = new WebhookServer(review ->
                replicas.get(calls.getAndIncrement() % replicas.size()).admit(review));
        open.add(server);
        new WebhookRegistration(testbed.client())
                .apply(new WebhookRegistration.Target.Url(server.url()), server.authority(), "drover-system");
    }

    private static Snapshot running(Replica leader) {
        Awaitility.await().atMost(PATIENCE).pollInterval(Duration.ofSeconds(1)).untilAsserted(() -> assertThat(
                        leader.snapshot().cluster().vms())
                .hasSize(40)
                .allSatisfy(vm -> assertThat(vm.node()).as(vm.id().toString()).isNotNull()));
        return leader.snapshot();
    }
}
