package dev.drover.testbed.player;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.testbed.NodeShape;
import dev.drover.testbed.Testbed;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;

/** VMs and migrations on a testbed, as the player's own tests need them. All VMs are in the namespace default. */
record VmCluster(Testbed testbed) {

    private static final String TARGET_LABEL = VmiView.TARGET_LABEL;

    static ConditionFactory soon() {
        return Awaitility.await().atMost(Duration.ofSeconds(90)).pollInterval(Duration.ofMillis(200));
    }

    KubernetesClient client() {
        return testbed.client();
    }

    Player player() {
        return testbed.player();
    }

    /** Nodes node-1 to node-n. */
    void addNodes(int count) {
        testbed.addNodes(IntStream.rangeClosed(1, count)
                .mapToObj(i -> NodeShape.plain("node-" + i))
                .toArray(NodeShape[]::new));
    }

    /** A VM with 2 cores and 1 GiB, pinned to a node at its start only if the node is not empty. */
    void createVm(String name, String node, Map<String, String> annotations) {
        createVm(name, node, "{cores: 2}", "1Gi", annotations);
    }

    void createVm(String name, String node, String cpu, String memory, Map<String, String> annotations) {
        var affinity = node.isEmpty()
                ? "{}"
                : "{nodeAffinity: {preferredDuringSchedulingIgnoredDuringExecution: [{weight: 100, preference: {matchExpressions: [{key: kubernetes.io/hostname, operator: In, values: [%s]}]}}]}}"
                        .formatted(node);
        var quoted = annotations.entrySet().stream()
                .map(entry -> "\"%s\": \"%s\"".formatted(entry.getKey(), entry.getValue()))
                .toList();
        testbed.apply(
                """
                apiVersion: kubevirt.io/v1
                kind: VirtualMachine
                metadata: {name: %s, namespace: default}
                spec:
                  runStrategy: Always
                  template:
                    metadata: {labels: {app: web}, annotations: {%s}}
                    spec:
                      evictionStrategy: LiveMigrate
                      affinity: %s
                      domain:
                        cpu: %s
                        memory: {guest: %s}
                        devices: {disks: [], interfaces: [{name: default, masquerade: {}}]}
                      networks: [{name: default, pod: {}}]
                      volumes: []
                """
                        .formatted(name, String.join(", ", quoted), affinity, cpu, memory));
    }

    /** A running VM, on the given node. */
    void runVm(String name, String node) {
        runVm(name, node, Map.of());
    }

    void runVm(String name, String node, Map<String, String> annotations) {
        createVm(name, node, annotations);
        awaitRunning(name);
        assertThat(vmi(name).node()).isEqualTo(node);
    }

    void awaitRunning(String name) {
        soon().untilAsserted(() -> assertThat(phase(name)).isEqualTo("Running"));
    }

    /** Asks for a live migration to a node; the migration has the given name. */
    void migrate(String migration, String vm, String node) {
        testbed.apply(
                """
                apiVersion: kubevirt.io/v1
                kind: VirtualMachineInstanceMigration
                metadata: {name: %s, namespace: default}
                spec: {vmiName: %s, addedNodeSelector: {kubernetes.io/hostname: %s}}
                """
                        .formatted(migration, vm, node));
    }

    void awaitMigration(String migration, String phase) {
        soon().untilAsserted(() -> assertThat(migrationPhase(migration)).isEqualTo(phase));
    }

    /** A migration whose VM has arrived, with nothing of it left behind. */
    void assertMoved(String migration, String vm, String source, String target) {
        awaitMigration(migration, "Succeeded");
        assertThat(vmi(vm).node()).isEqualTo(target);
        assertThat(vmi(vm).labels()).containsEntry("kubevirt.io/nodeName", target);
        soon().untilAsserted(() -> {
            assertThat(vmi(vm).labels()).doesNotContainKey(TARGET_LABEL);
            assertThat(activeNodes(vm)).containsExactly(target);
            assertThat(podPhases(vm, source)).containsOnly("Succeeded");
        });
    }

    /** A migration that has failed while the VM goes on where it was, ready to migrate again. */
    void assertStayed(String migration, String vm, String source) {
        awaitMigration(migration, "Failed");
        assertThat(phase(vm)).isEqualTo("Running");
        assertThat(vmi(vm).node()).isEqualTo(source);
        soon().untilAsserted(() -> {
            assertThat(vmi(vm).labels()).doesNotContainKey(TARGET_LABEL);
            assertThat(activeNodes(vm)).containsExactly(source);
        });
    }

    VmiView vmi(String name) {
        return new VmiView(Objects.requireNonNull(vmiOrNull(name), name));
    }

    boolean vmiExists(String name) {
        return vmiOrNull(name) != null;
    }

    MigrationState migrationState(String vm) {
        return vmi(vm).migration().orElseThrow();
    }

    void deleteMigration(String name) {
        client().genericKubernetesResources("kubevirt.io/v1", "VirtualMachineInstanceMigration")
                .inNamespace("default")
                .withName(name)
                .delete();
    }

    void deletePodsOn(String vm, String node) {
        pods(vm).stream()
                .filter(pod -> node.equals(pod.getSpec().getNodeName()))
                .forEach(pod -> client().resource(pod).delete());
    }

    List<Pod> pods(String vm) {
        return client().pods()
                .inNamespace("default")
                .withLabel("kubevirt.io/created-by", vmi(vm).uid())
                .list()
                .getItems();
    }

    String migrationPhase(String name) {
        var migration = client().genericKubernetesResources("kubevirt.io/v1", "VirtualMachineInstanceMigration")
                .inNamespace("default")
                .withName(name)
                .get();
        return migration == null ? "" : Objects.toString(migration.<Object>get("status", "phase"), "");
    }

    private String phase(String vm) {
        var vmi = vmiOrNull(vm);
        return vmi == null ? "" : new VmiView(vmi).phase();
    }

    private List<String> activeNodes(String vm) {
        return pods(vm).stream()
                .filter(pod ->
                        List.of("Running", "Pending").contains(pod.getStatus().getPhase()))
                .map(pod -> pod.getSpec().getNodeName())
                .toList();
    }

    private List<String> podPhases(String vm, String node) {
        return pods(vm).stream()
                .filter(pod -> node.equals(pod.getSpec().getNodeName()))
                .map(pod -> pod.getStatus().getPhase())
                .toList();
    }

    private @org.jspecify.annotations.Nullable GenericKubernetesResource vmiOrNull(String name) {
        return client().genericKubernetesResources(VmiView.KIND)
                .inNamespace("default")
                .withName(name)
                .get();
    }
}
