package dev.drover.install;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.api.Definitions;
import dev.drover.api.v1alpha1.ApplicationService;
import dev.drover.api.v1alpha1.MigrationPlan;
import dev.drover.api.v1alpha1.MoveState;
import dev.drover.config.SteadyClock;
import dev.drover.system.Awaiting;
import dev.drover.system.Remediations;
import dev.drover.system.Services;
import dev.drover.system.Shown;
import dev.drover.system.Vms;
import dev.drover.system.Yaml;
import dev.drover.testbed.NodeShape;
import dev.drover.testbed.OnTestbed;
import dev.drover.testbed.Testbed;
import dev.drover.testbed.player.Fault;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The operator is led through all that it does, and the API server's record of what it asked for is held against what the chart grants:
 * nothing is refused, and nothing is granted that it does not use.
 */
@OnTestbed
class UsedRightsIT {
    private static final Duration PATIENCE = Duration.ofMinutes(4);

    /** One more ended plan than are kept, so that the operator clears one away. */
    private static final int ENDED_PLANS = 21;

    /** The Java Operator SDK does not start without it, though its elector patches the lease. */
    private static final String ASKED_FOR_AND_NOT_USED = Rbac.right("coordination.k8s.io", "leases", "update");

    private static final Map<String, String> QUICK = Map.of(
            "cycle-interval", "1s",
            "reaction-delay", "100ms",
            "metrics-interval", "1s",
            "freshness-interval", "2s",
            "lease-duration", "60s");
    private static final String DEADLINES =
            "migrationDeadlines: {pendingSeconds: 30, schedulingSeconds: 15, preparingSeconds: 10, runningSeconds: 60}";

    private final Testbed testbed;
    private final Shown shown;

    @TempDir
    Path folder;

    private Installation installation;
    private Remediations remediations;
    private AuditLog log;

    UsedRightsIT(Testbed testbed) {
        this.testbed = testbed;
        this.shown = new Shown(testbed);
    }

    /** Two VMs are on node-1 and will have to part; node-2 is the only way out as long as node-3 is cordoned. */
    @BeforeEach
    void twoThatWillHaveToPart() throws IOException {
        testbed.reset();
        log = AuditLog.fromNow(testbed, "drover");
        Definitions.install(testbed.client());
        installation = Installation.of(testbed, folder);
        remediations = Remediations.serve(testbed);
        remediations.selfNode("node-9");
        remediations.fenceAgents("node-9");
        testbed.addNodes(NodeShape.plain("node-1"), NodeShape.plain("node-2"), NodeShape.plain("node-3"));
        Vms.named("twin", 2).preferring("node-1").run(testbed);
        assertThat(Vms.running(testbed).values()).containsOnly("node-1");
        testbed.cordon("node-3");
        testbed.apply(Yaml.policy("Automatic", "Gate", DEADLINES));
        testbed.apply(Yaml.clusterRule("nowhere-else", "app: none", "type: Spread"));
        testbed.apply(
                """
                apiVersion: drover.dev/v1alpha1
                kind: VirtualMachineProfile
                metadata: {name: twin, namespace: default}
                spec: {virtualMachines: {selector: {matchLabels: {app: twin}}}, relocation: Live}
                ---
                apiVersion: migrations.kubevirt.io/v1alpha1
                kind: MigrationPolicy
                metadata: {name: of-nobody}
                spec: {bandwidthPerMigration: 1Gi, selectors: {virtualMachineInstanceSelector: {app: none}}}
                """);
        IntStream.range(0, ENDED_PLANS).forEach(this::anEndedPlan);
    }

    @AfterEach
    void end() {
        remediations.close();
    }

    @Test
    void theChartGrantsWhatTheOperatorUsesAndNothingElse() throws IOException {
        testbed.player().faults().nextTo("node-2", new Fault.Hang(Fault.Phase.PREPARING_TARGET));
        try (Operator operator = installation.start(QUICK)) {
            aMigrationHangsAndIsEnded();
            anotherOneParts();
            aStartIsGated();
            aServiceComesAndGoes();
            awaitAllIsUsed(operator);
            operator.signal("TERM");
            operator.awaitEnd();
        }
        assertThat(log.refused()).isEmpty();
        assertThat(log.used()).isEqualTo(granted());
    }

    private static SortedSet<String> granted() {
        SortedSet<String> granted =
                Rbac.of(new Chart(4).objects(ChartValues.EXISTING_SECRET)).operatorsRights();
        assertThat(granted.remove(ASKED_FOR_AND_NOT_USED)).isTrue();
        return granted;
    }

    /** Its target pod stays for a while, so that the same is said of it more than once: the series of an event. */
    private void aMigrationHangsAndIsEnded() {
        testbed.apply(Yaml.rule("twins-apart", "app: twin", "type: Spread"));
        Awaiting.until("There is a target pod", PATIENCE, this::targetPods, pods -> !pods.isEmpty());
        targetPods().forEach(pod -> holdBack(pod, List.of("example.com/held-back")));
        String series = Rbac.right("events.k8s.io", "events", "patch");
        Awaiting.until("An event becomes a series", PATIENCE, log::used, used -> used.contains(series));
        assertThat(log.refused()).isEmpty();
        targetPods().forEach(pod -> holdBack(pod, List.of()));
        Awaiting.until("A plan gives its move up", PATIENCE, shown::moves, moves -> moves.contains(MoveState.FAILED));
    }

    private List<Pod> targetPods() {
        return testbed.client()
                .pods()
                .inNamespace("default")
                .withLabel("kubevirt.io/migrationJobUID")
                .list()
                .getItems();
    }

    private void holdBack(Pod pod, List<String> finalizers) {
        testbed.client().resource(pod).edit(before -> new PodBuilder(before)
                .editMetadata()
                .withFinalizers(finalizers)
                .endMetadata()
                .build());
    }

    private void anotherOneParts() {
        testbed.uncordon("node-3");
        Awaiting.until(
                "The twins are apart",
                PATIENCE,
                () -> Vms.running(testbed),
                running -> running.values().stream().distinct().count() == 2);
    }

    private void aStartIsGated() {
        Vms.named("late", 1).run(testbed);
    }

    private void aServiceComesAndGoes() {
        testbed.apply(Services.sharedClaim("data-0"));
        testbed.apply(Services.service(
                "tiny",
                "",
                Services.application("tiny", 1, "recovery: {restartedBy: Drover}")
                        + Services.withClaim("store", "relocation: LiveOrCold")));
        shown.awaitCondition("ApplicationService", "tiny", "Ready", "True AllReady");
        aRelocationIsOrdered("store-0");
        Awaiting.until(
                "It is relocated",
                PATIENCE,
                () -> shown.status("ApplicationService", "tiny", "relocations"),
                relocations -> relocations.contains("state=Succeeded"));
        var services = testbed.client().resources(ApplicationService.class).inNamespace("default");
        services.withName("tiny").delete();
        Awaiting.until("The service is gone", PATIENCE, () -> services.list().getItems(), List::isEmpty);
    }

    private void aRelocationIsOrdered(String machine) {
        testbed.client()
                .genericKubernetesResources("kubevirt.io/v1", "VirtualMachine")
                .inNamespace("default")
                .withName(machine)
                .patch(
                        PatchContext.of(PatchType.JSON_MERGE),
                        "{\"metadata\": {\"annotations\": {\"drover.dev/relocate\": \"%s\"}}}"
                                .formatted(new SteadyClock().instant().truncatedTo(ChronoUnit.SECONDS)));
    }

    /** Comparisons of the caches take turns, so that some rights are used a little later. */
    private void awaitAllIsUsed(Operator operator) {
        SortedSet<String> granted = granted();
        Awaiting.until(
                "Every right is used",
                PATIENCE,
                () -> {
                    assertThat(operator.alive()).as(operator.log()).isTrue();
                    SortedSet<String> unused = new TreeSet<>(granted);
                    unused.removeAll(log.used());
                    return unused;
                },
                SortedSet::isEmpty);
    }

    private void anEndedPlan(int number) {
        testbed.apply(
                """
                apiVersion: drover.dev/v1alpha1
                kind: MigrationPlan
                metadata: {name: old-%02d}
                spec:
                  policy: default
                  reason: Balance
                  expected: {scoreBefore: 71, scoreAfter: 93, makespanSeconds: 140}
                  snapshot: {time: "2026-01-15T22:04:10Z", digest: 5f2c9be04a17}
                  moves:
                    - id: "1"
                      virtualMachine: {namespace: default, name: gone, uid: 8a3a6c1e-6f0b-4a55-9d0e-2f1d7a0f5f10}
                      from: node-1
                      to: node-3
                      reason: Balance
                      priority: 3
                      gain: 220
                      costSeconds: 70
                """
                        .formatted(number));
        testbed.client()
                .resources(MigrationPlan.class)
                .withName("old-%02d".formatted(number))
                .subresource("status")
                .patch(
                        PatchContext.of(PatchType.JSON_MERGE),
                        """
                        {"status": {"conditions": [{"type": "Succeeded", "status": "True", "reason": "Completed", "message": "It was long ago.",
                         "lastTransitionTime": "2026-01-15T22:10:00Z"}]}}""");
    }
}
