package dev.drover.install;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.drover.admission.DroverAnnotations;
import dev.drover.api.Definitions;
import dev.drover.testbed.NodeShape;
import dev.drover.testbed.OnTestbed;
import dev.drover.testbed.Testbed;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntry;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The packaged operator with the rights that the plain manifests give it, and nothing else: it places, gates, plans and moves, meets no
 * refusal, and leaves every object that Argo CD applied as it is.
 */
@OnTestbed
class InstalledOperatorIT {

    private static final Duration PATIENCE = Duration.ofMinutes(4);
    /** How Argo CD signs what it applies on the server side. */
    private static final String ARGO_CD = "argocd-controller";

    private static final String DESIRED =
            """
            apiVersion: drover.dev/v1alpha1
            kind: PlacementPolicy
            metadata: {name: default}
            spec: {mode: Automatic, admission: Gate}
            ---
            apiVersion: drover.dev/v1alpha1
            kind: PlacementConstraint
            metadata: {name: web-spread, namespace: default}
            spec: {virtualMachines: {matchLabels: {app: web}}, type: Spread}
            ---
            apiVersion: drover.dev/v1alpha1
            kind: VirtualMachineProfile
            metadata: {name: web, namespace: default}
            spec: {virtualMachines: {selector: {matchLabels: {app: web}}}, relocation: Live}
            """;

    private final Testbed testbed;
    private final KubernetesClient client;

    @TempDir
    Path folder;

    private Installation installation;

    InstalledOperatorIT(Testbed testbed, KubernetesClient client) {
        this.testbed = testbed;
        this.client = client;
    }

    @BeforeEach
    void installed() throws IOException {
        testbed.reset();
        Definitions.install(client);
        installation = Installation.of(testbed, folder);
    }

    @Test
    void itsRightsSufficeAndWhatArgoCdAppliedStays() throws IOException {
        testbed.addNodes(NodeShape.plain("node-1"));
        argoCdApplies(virtualMachine("web-0") + virtualMachine("web-1"));
        await().atMost(PATIENCE)
                .until(() -> nodeOf("web-0").equals("node-1") && nodeOf("web-1").equals("node-1"));
        testbed.addNodes(NodeShape.plain("node-2"), NodeShape.plain("node-3"));
        argoCdApplies(DESIRED);
        Map<String, Long> before = generations();

        try (Operator operator = installation.start(Map.of())) {
            await().atMost(PATIENCE)
                    .until(() -> !operator.alive() || !nodeOf("web-0").equals(nodeOf("web-1")));
            assertThat(nodeOf("web-0")).as(operator.log()).isNotEqualTo(nodeOf("web-1"));

            argoCdApplies(virtualMachine("web-2"));
            await().atMost(PATIENCE).until(() -> !operator.alive() || apart(nodes()));
            assertThat(nodes()).as(operator.log()).containsExactlyInAnyOrder("node-1", "node-2", "node-3");
            assertThat(launcher("web-2").getMetadata().getAnnotations())
                    .as("it was held by the gate")
                    .containsKey(DroverAnnotations.DEADLINE);

            operator.signal("TERM");
            operator.awaitEnd();
            assertThat(operator.log()).doesNotContainIgnoringCase("forbidden").doesNotContain("cannot ");
        }
        before.put("VirtualMachine web-2", 1L);
        assertThat(generations()).isEqualTo(before);
        applied().forEach(object -> assertThat(specManagers(object))
                .as("who wrote the spec of %s", object.getMetadata().getName())
                .doesNotContain("drover"));
    }

    private static boolean apart(List<String> nodes) {
        return !nodes.contains("") && Set.copyOf(nodes).size() == nodes.size();
    }

    private List<String> nodes() {
        return List.of(nodeOf("web-0"), nodeOf("web-1"), nodeOf("web-2"));
    }

    private void argoCdApplies(String yaml) throws IOException {
        Path file = Files.writeString(Files.createTempFile(folder, "desired", ".yaml"), yaml);
        List<String> command = new ArrayList<>(List.of(Tools.kubectl(), "apply", "--server-side", "--force-conflicts"));
        command.addAll(List.of("--field-manager=" + ARGO_CD, "--filename=" + file));
        command.add("--kubeconfig=" + testbed.kubeconfig());
        Command.run(command).orFail();
    }

    private String nodeOf(String name) {
        GenericKubernetesResource instance = client.genericKubernetesResources(
                        "kubevirt.io/v1", "VirtualMachineInstance")
                .inNamespace("default")
                .withName(name)
                .get();
        String node = instance == null ? null : instance.get("status", "nodeName");
        return node == null ? "" : node;
    }

    private Pod launcher(String name) {
        return client.pods()
                .inNamespace("default")
                .withLabel("vm.kubevirt.io/name", name)
                .list()
                .getItems()
                .getFirst();
    }

    /** The objects that Argo CD applied. */
    private List<GenericKubernetesResource> applied() {
        List<GenericKubernetesResource> objects = new ArrayList<>();
        objects.addAll(client.genericKubernetesResources("kubevirt.io/v1", "VirtualMachine")
                .inNamespace("default")
                .list()
                .getItems());
        for (String kind : List.of("PlacementPolicy", "PlacementConstraint", "VirtualMachineProfile")) {
            objects.addAll(client.genericKubernetesResources("drover.dev/v1alpha1", kind)
                    .inAnyNamespace()
                    .list()
                    .getItems());
        }
        return objects;
    }

    private Map<String, Long> generations() {
        return applied().stream()
                .collect(Collectors.toMap(
                        object -> object.getKind() + " " + object.getMetadata().getName(),
                        object -> object.getMetadata().getGeneration(),
                        Long::max,
                        TreeMap::new));
    }

    private static List<String> specManagers(GenericKubernetesResource object) {
        return object.getMetadata().getManagedFields().stream()
                .filter(entry -> entry.getFieldsV1().getAdditionalProperties().containsKey("f:spec"))
                .map(ManagedFieldsEntry::getManager)
                .toList();
    }

    private static String virtualMachine(String name) {
        return """
                ---
                apiVersion: kubevirt.io/v1
                kind: VirtualMachine
                metadata: {name: %s, namespace: default}
                spec:
                  runStrategy: Always
                  template:
                    metadata: {labels: {app: web}}
                    spec:
                      evictionStrategy: LiveMigrate
                      domain:
                        cpu: {cores: 1}
                        memory: {guest: 512Mi}
                        devices: {interfaces: [{name: default, masquerade: {}}]}
                      networks: [{name: default, pod: {}}]
                """
                .formatted(name);
    }
}
