package dev.drover.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.api.v1alpha1.AdmissionMode;
import dev.drover.api.v1alpha1.NodeInventory;
import dev.drover.api.v1alpha1.PolicyMode;
import dev.drover.api.v1alpha1.VirtualMachinePlacement;
import dev.drover.placement.World;
import dev.drover.status.Events;
import dev.drover.testbed.OnTestbed;
import dev.drover.testbed.Testbed;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What people and Kubernetes do to the records that Drover keeps, on the real API server. */
@OnTestbed
class OwnedStatusesIT {
    private static final Events SILENT = (subject, reason, action, note) -> {};

    private final Testbed testbed;
    private final KubernetesClient client;
    private final Reporter reporter;
    private final World world = World.ofNodes(2).vm("web-1", "n1", 100).vm("web-2", "n2", 100);

    OwnedStatusesIT(Testbed testbed) {
        this.testbed = testbed;
        this.client = testbed.client();
        this.reporter = reporter(client, new AtOnce());
    }

    /** The virtual machines are made up: the garbage collector would clear their records away. */
    @BeforeEach
    void withoutGarbageCollector() {
        testbed.killProgram("kube-controller-manager");
        for (String plural : List.of("virtualmachineplacements", "nodeinventories")) {
            testbed.apply(Path.of("crds", plural + ".drover.dev.yaml"));
        }
        testbed.apply("{apiVersion: v1, kind: Namespace, metadata: {name: " + World.NAMESPACE + "}}");
    }

    @AfterEach
    void clear() {
        client.resources(VirtualMachinePlacement.class)
                .inNamespace(World.NAMESPACE)
                .delete();
        client.resources(NodeInventory.class).delete();
        testbed.startProgram("kube-controller-manager");
    }

    @Test
    void aRecordThatSomebodyDeletesIsMadeAnew() {
        report(world);
        report(world);
        assertThat(nodeOf("web-1")).contains("n1");

        client.resources(VirtualMachinePlacement.class)
                .inNamespace(World.NAMESPACE)
                .withName("web-1")
                .delete();
        client.resources(NodeInventory.class).withName("n2").delete();
        report(world);

        assertThat(nodeOf("web-1")).contains("n1");
        assertThat(client.resources(NodeInventory.class).withName("n2").get()).isNotNull();
    }

    @Test
    void whatTheApiServerRefusesForOneObjectDoesNotKeepTheOthersFromBeingWritten() {
        report(World.ofNodes(2).vm("no_name_for_a_record", "n1", 100).vm("web-2", "n2", 100));

        assertThat(nodeOf("web-2")).contains("n2");
        assertThat(client.resources(NodeInventory.class).list().getItems()).hasSize(2);
    }

    @Test
    void aVirtualMachineThatDoesNotRunAnyMoreIsOnNoNode() {
        report(world);

        report(World.ofNodes(2).vm("web-1", "n1", 100));

        VirtualMachinePlacement stopped = placement("web-2").orElseThrow();
        assertThat(stopped.getStatus().node()).isNull();
        assertThat(stopped.getStatus().conditions())
                .extracting(condition -> condition.type() + " " + condition.status() + " " + condition.reason())
                .containsExactly("Placed FALSE NotRunning", "Ready FALSE NotRunning");
        assertThat(nodeOf("web-1")).contains("n1");
    }

    @Test
    void manyAreWrittenBesideTheLoop() {
        World many = World.ofNodes(4).vms(60, "web", "n1", 10).vms(60, "db", "n2", 10);
        ExecutorService threads = Executors.newFixedThreadPool(StatusWriter.LANES);
        try (Reporter beside = reporter(client, threads)) {
            report(beside, many);
            Awaitility.await()
                    .atMost(Duration.ofMinutes(2))
                    .until(() -> nodesOf("web").size() + nodesOf("db").size() == 120);
        }

        assertThat(nodesOf("web")).containsOnly("n1");
        assertThat(nodesOf("db")).containsOnly("n2");
        assertThat(threads.isTerminated()).isTrue();
    }

    private static Reporter reporter(KubernetesClient client, ExecutorService threads) {
        return new Reporter(
                new Reporter.Outlets(
                        new ReportBoard(),
                        new StatusWriter(threads),
                        SILENT,
                        new LoopMetrics(new SimpleMeterRegistry())),
                new OwnedStatuses(client),
                new Histories(),
                AdmissionMode.GATE);
    }

    private void report(World shown) {
        report(reporter, shown);
    }

    private void report(Reporter reporter, World shown) {
        Situation situation = Situation.of(shown).with(Policies.standard(PolicyMode.AUTOMATIC));
        client.resources(VirtualMachinePlacement.class)
                .inAnyNamespace()
                .list()
                .getItems()
                .forEach(situation::with);
        client.resources(NodeInventory.class).list().getItems().forEach(situation::with);
        reporter.report(situation.view(), Acted.NOTHING);
    }

    private Optional<VirtualMachinePlacement> placement(String vm) {
        return Optional.ofNullable(client.resources(VirtualMachinePlacement.class)
                .inNamespace(World.NAMESPACE)
                .withName(vm)
                .get());
    }

    private List<String> nodesOf(String name) {
        return client.resources(VirtualMachinePlacement.class).inNamespace(World.NAMESPACE).list().getItems().stream()
                .filter(placement ->
                        placement.getMetadata().getName().startsWith(name + "-") && placement.getStatus() != null)
                .map(placement -> placement.getStatus().node())
                .toList();
    }

    private Optional<String> nodeOf(String vm) {
        return placement(vm).map(placement -> placement.getStatus().node());
    }
}
