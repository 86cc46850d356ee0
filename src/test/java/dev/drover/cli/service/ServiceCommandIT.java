package dev.drover.cli.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.drover.api.Definitions;
import dev.drover.api.v1alpha1.ApplicationService;
import dev.drover.cli.CommandRun;
import dev.drover.testbed.OnTestbed;
import dev.drover.testbed.Testbed;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.time.Instant;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The verbs against a real API server, by somebody who may read and patch services and nothing else. */
@OnTestbed
class ServiceCommandIT {
    private static final String SHOP =
            """
            apiVersion: drover.dev/v1alpha1
            kind: ApplicationService
            metadata: {name: shop, namespace: default}
            spec:
              applications:
              - {name: db, virtualMachines: {selector: {matchLabels: {app: db}}}}
              - name: web
                virtualMachines: {selector: {matchLabels: {app: web}}}
                dependsOn: [{application: db}]
            """;

    private static final String OWNER =
            """
            apiVersion: rbac.authorization.k8s.io/v1
            kind: ClusterRole
            metadata: {name: shop-owner}
            rules:
            - {apiGroups: [drover.dev], resources: [applicationservices], verbs: [get, list, patch]}
            - {apiGroups: [kubevirt.io], resources: [virtualmachines], verbs: [get, patch]}
            ---
            apiVersion: rbac.authorization.k8s.io/v1
            kind: ClusterRoleBinding
            metadata: {name: shop-owner}
            roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: shop-owner}
            subjects: [{kind: User, name: owner, apiGroup: rbac.authorization.k8s.io}]
            """;

    private String kubeconfig = "";

    private CommandRun run(String... arguments) {
        Stream<String> all = Stream.of(
                        Stream.of("service"), Stream.of(arguments), Stream.of("--kubeconfig", kubeconfig))
                .flatMap(Function.identity());
        return CommandRun.of(all.toArray(String[]::new));
    }

    @BeforeEach
    void aShop(Testbed testbed, KubernetesClient client) {
        Definitions.install(client);
        kubeconfig = testbed.kubeconfigFor("owner", "owner").toString();
        testbed.apply(OWNER);
        testbed.apply(SHOP);
    }

    @Test
    void aPersonSeesServicesAndAProgramGetsTheObject() throws IOException {
        assertThat(run("status", "-A").out()).containsPattern("default +shop +Running +-");
        assertThat(run("status", "shop").out()).startsWith("default/shop  Running, supervised by Application");
        assertThat(run("graph", "shop", "-n", "default").out()).containsPattern("2 +web +- +db is ready");

        var json =
                new ObjectMapper().readTree(run("status", "shop", "-o", "json").out());
        assertThat(json.at("/kind").asText()).isEqualTo("ApplicationService");
        assertThat(json.at("/spec/applications/1/dependsOn/0/until").asText()).isEqualTo("Ready");
        assertThat(json.at("/metadata/managedFields").isMissingNode()).isTrue();
        assertThat(new YAMLMapper().readTree(run("status", "shop", "-o", "yaml").out()))
                .isEqualTo(json);
        assertThat(new ObjectMapper()
                        .readTree(run("graph", "shop", "-o", "json").out())
                        .at("/applications/1/dependsOn/0/application")
                        .asText())
                .isEqualTo("db");
    }

    /** As the operator makes it. */
    private static final String STORE =
            """
            apiVersion: drover.dev/v1alpha1
            kind: ApplicationService
            metadata: {name: store, namespace: default}
            spec:
              applications:
              - {name: db, virtualMachines: {template: {spec: {template: {spec: {domain: {devices: {}}}}}}}}
              - {name: legacy, virtualMachines: {selector: {matchLabels: {app: legacy}}}}
            ---
            apiVersion: kubevirt.io/v1
            kind: VirtualMachine
            metadata: {name: db-0, namespace: default, labels: {drover.dev/service: store, drover.dev/application: db}}
            spec: {runStrategy: Halted, template: {spec: {domain: {devices: {}, memory: {guest: 64Mi}}}}}
            ---
            apiVersion: kubevirt.io/v1
            kind: VirtualMachine
            metadata: {name: old, namespace: default}
            spec: {runStrategy: Halted, template: {metadata: {labels: {app: legacy}}, spec: {domain: {devices: {}, memory: {guest: 64Mi}}}}}
            """;

    @Test
    void aRelocationIsOrderedWithTheTimeAndTheNode(Testbed testbed, KubernetesClient client) {
        testbed.apply(STORE);

        CommandRun ordered = run("relocate", "store", "--application", "db", "--vm", "db-0", "--to", "node-2");

        assertThat(ordered.code()).as(ordered.err()).isZero();
        assertThat(ordered.out()).contains("(default/db-0)").contains("(node-2)");
        assertThat(client.genericKubernetesResources("kubevirt.io/v1", "VirtualMachine")
                        .inNamespace("default")
                        .withName("db-0")
                        .get()
                        .getMetadata()
                        .getAnnotations()
                        .get("drover.dev/relocate"))
                .matches("20[0-9T:-]+Z node-2");
        assertThat(run("relocate", "store", "--application", "db", "--vm", "db-7")
                        .err())
                .contains("has no virtual machine (db-7). List them with drover service status store.");
        assertThat(run("relocate", "store", "--application", "web", "--vm", "db-0")
                        .err())
                .contains("has no application (web). List its applications with drover service graph store.");
        assertThat(run("relocate", "store", "--application", "legacy", "--vm", "db-0")
                        .err())
                .contains("the application (legacy) of the service (store) has no virtual machine (db-0)");
        CommandRun adopted = run("relocate", "store", "--application", "legacy", "--vm", "old");
        assertThat(adopted.code()).as(adopted.err()).isZero();
        assertThat(adopted.out()).contains("(default/old)");
    }

    @Test
    void aRestartIsOrderedWithTheTime(KubernetesClient client) {
        Instant before = Instant.parse("2020-01-01T00:00:00Z");

        CommandRun ordered = run("restart", "shop");

        assertThat(ordered.code()).as(ordered.err()).isZero();
        assertThat(ordered.out()).contains("(default/shop)");
        String written = client.resources(ApplicationService.class)
                .inNamespace("default")
                .withName("shop")
                .get()
                .getMetadata()
                .getAnnotations()
                .get("drover.dev/restart");
        assertThat(Instant.parse(written)).isAfter(before);
    }

    @Test
    void whatIsNotThereIsSaid() {
        assertThat(run("status", "shoop"))
                .satisfies(result -> assertThat(result.code()).isOne())
                .satisfies(result -> assertThat(result.err())
                        .contains("there is no service (shoop) in the namespace (default). List those that there are"));
        assertThat(run("status", "shop", "-A"))
                .satisfies(result -> assertThat(result.code()).isEqualTo(2))
                .satisfies(result -> assertThat(result.err()).contains("Leave --all-namespaces out, or the name"));
    }
}
