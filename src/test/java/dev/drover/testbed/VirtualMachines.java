package dev.drover.testbed;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/** What the tests of the testbed itself do with virtual machines. */
final class VirtualMachines {

    private final Testbed testbed;

    VirtualMachines(Testbed testbed) {
        this.testbed = testbed;
    }

    /** Applies a VM; {@code selector} is its node selector's content, empty for none. */
    void apply(String name, String selector) {
        testbed.apply(
                """
                apiVersion: kubevirt.io/v1
                kind: VirtualMachine
                metadata: {name: %s, namespace: default}
                spec:
                  runStrategy: Always
                  template:
                    metadata: {labels: {app: web}}
                    spec:
                      nodeSelector: {%s}
                      evictionStrategy: LiveMigrate
                      tolerations:
                      - {key: node.kubernetes.io/unreachable, effect: NoExecute, operator: Exists, tolerationSeconds: 600}
                      domain:
                        cpu: {cores: 2}
                        memory: {guest: 4Gi}
                        devices: {disks: [], interfaces: [{name: default, masquerade: {}}]}
                      networks: [{name: default, pod: {}}]
                      volumes: []
                """
                        .formatted(name, selector));
    }

    void awaitPhase(String name, String phase) {
        Awaitility.await("VM " + name + " is " + phase)
                .atMost(Duration.ofSeconds(120))
                .untilAsserted(() -> {
                    GenericKubernetesResource vmi = instance(name);
                    assertThat(vmi).isNotNull();
                    assertThat(vmi.<String>get("status", "phase")).isEqualTo(phase);
                });
    }

    @Nullable
    GenericKubernetesResource instance(String name) {
        return testbed.client()
                .genericKubernetesResources("kubevirt.io/v1", "VirtualMachineInstance")
                .inNamespace("default")
                .withName(name)
                .get();
    }

    String node(String name) {
        GenericKubernetesResource vmi = instance(name);
        return vmi == null ? "" : vmi.get("status", "nodeName");
    }

    String kubeVirtConfiguration() {
        GenericKubernetesResource kubeVirt = testbed.client()
                .genericKubernetesResources("kubevirt.io/v1", "KubeVirt")
                .inNamespace("kubevirt")
                .withName("kubevirt")
                .get();
        return String.valueOf((Object) kubeVirt.get("spec"));
    }

    /** Kind and name of the objects that tests usually make, read by another client than the one that resets. */
    List<String> namesOfEverything() {
        List<ResourceDefinitionContext> kinds = List.of(
                kind("", "v1", "Node", false),
                kind("", "v1", "Namespace", false),
                kind("", "v1", "Pod", true),
                kind("", "v1", "ConfigMap", true),
                kind("", "v1", "Service", true),
                kind("kubevirt.io", "v1", "VirtualMachine", true),
                kind("kubevirt.io", "v1", "VirtualMachineInstance", true),
                kind("kubevirt.io", "v1", "VirtualMachineInstanceMigration", true),
                kind("policy", "v1", "PodDisruptionBudget", true),
                kind("admissionregistration.k8s.io", "v1", "ValidatingWebhookConfiguration", false),
                kind("admissionregistration.k8s.io", "v1", "MutatingWebhookConfiguration", false));
        return kinds.stream().flatMap(this::names).toList();
    }

    private Stream<String> names(ResourceDefinitionContext kind) {
        var all = testbed.client().genericKubernetesResources(kind);
        var items = kind.isNamespaceScoped() ? all.inAnyNamespace().list() : all.list();
        return items.getItems().stream()
                .map(object -> kind.getKind() + " " + object.getMetadata().getNamespace() + "/"
                        + object.getMetadata().getName());
    }

    private static ResourceDefinitionContext kind(String group, String version, String kind, boolean namespaced) {
        return new ResourceDefinitionContext.Builder()
                .withGroup(group)
                .withVersion(version)
                .withKind(kind)
                .withNamespaced(namespaced)
                .build();
    }
}
