package dev.drover.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.drover.api.Definitions;
import dev.drover.dump.Dump;
import dev.drover.model.Vm;
import dev.drover.testbed.NodeShape;
import dev.drover.testbed.OnTestbed;
import dev.drover.testbed.Testbed;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A dump of a real control plane, by somebody who may only read. */
@OnTestbed
class DumpIT {
    private static final String READER =
            """
            apiVersion: rbac.authorization.k8s.io/v1
            kind: ClusterRole
            metadata: {name: dump-reader}
            rules:
            - {apiGroups: ["*"], resources: ["*"], verbs: [get, list, watch]}
            ---
            apiVersion: rbac.authorization.k8s.io/v1
            kind: ClusterRoleBinding
            metadata: {name: dump-reader}
            roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: dump-reader}
            subjects: [{kind: User, name: reader, apiGroup: rbac.authorization.k8s.io}]
            """;

    private static final String RULES =
            """
            apiVersion: drover.dev/v1alpha1
            kind: PlacementPolicy
            metadata: {name: default}
            spec: {mode: Recommend}
            ---
            apiVersion: drover.dev/v1alpha1
            kind: PlacementConstraint
            metadata: {name: not-here, namespace: default}
            spec:
              virtualMachines: {matchLabels: {app: web}}
              type: ForbiddenNodes
              forbiddenNodes: {nodeSelector: {matchLabels: {kubernetes.io/hostname: node-1}}}
            """;

    private static final String MACHINE =
            """
            apiVersion: kubevirt.io/v1
            kind: VirtualMachine
            metadata: {name: web, namespace: default}
            spec:
              runStrategy: Always
              template:
                metadata: {labels: {app: web}}
                spec:
                  domain:
                    resources: {requests: {cpu: 500m, memory: 1Gi}}
                    devices:
                      interfaces: [{name: default, masquerade: {}}]
                  networks: [{name: default, pod: {}}]
            """;

    @Test
    void whatIsReadFromAClusterIsWhatPlanShowDecidesOn(Testbed testbed, KubernetesClient client, @TempDir Path folder) {
        Definitions.install(client);
        testbed.apply(READER);
        testbed.addNodes(NodeShape.plain("node-1"));
        testbed.apply(MACHINE);
        String kubeconfig = testbed.kubeconfigFor("reader", "reader").toString();
        String file = folder.resolve("dump.json").toString();
        await().atMost(Duration.ofMinutes(3)).untilAsserted(() -> {
            assertThat(CommandRun.of("dump", "--kubeconfig", kubeconfig, "-f", file))
                    .satisfies(
                            dumped -> assertThat(dumped.code()).as(dumped.err()).isZero());
            assertThat(Dump.read(Path.of(file)).cluster().vms()).singleElement().satisfies(vm -> {
                assertThat(vm.node()).isEqualTo("node-1");
                assertThat(vm.migratability().live()).isTrue();
            });
        });
        testbed.addNodes(NodeShape.plain("node-2"));
        testbed.apply(RULES);

        await().atMost(Duration.ofMinutes(1)).untilAsserted(() -> {
            assertThat(CommandRun.of("dump", "--kubeconfig", kubeconfig, "-f", file)
                            .code())
                    .isZero();
            assertThat(CommandRun.of("plan", "show", "-f", file).out())
                    .containsPattern("m0 +default/web +node-1 +node-2 .*leaves node-1: ForbiddenNodes not-here");
        });

        Vm web = Dump.read(Path.of(file)).cluster().vms().getFirst();
        assertThat(web.requests().memoryBytes()).isGreaterThan(1L << 30);
        assertThat(web.scheduling().nodeSelector()).containsEntry("kubevirt.io/schedulable", "true");
        assertThat(CommandRun.of("dump", "--kubeconfig", kubeconfig).out())
                .startsWith("{\n  \"format\" : \"drover.dev/dump/v1\"");
    }
}
