package dev.drover.install;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.drover.api.Definitions;
import dev.drover.testbed.OnTestbed;
import dev.drover.testbed.Testbed;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodSchedulingGate;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.MutatingWebhookConfiguration;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.awaitility.core.ConditionTimeoutException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The packaged command line on the real control plane. */
@OnTestbed
class CommandLineIT {

    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final Testbed testbed;
    private final KubernetesClient client;

    @TempDir
    Path folder;

    CommandLineIT(Testbed testbed, KubernetesClient client) {
        this.testbed = testbed;
        this.client = client;
    }

    @BeforeEach
    void empty() {
        testbed.reset();
        testbed.apply("{apiVersion: v1, kind: Namespace, metadata: {name: %s}}".formatted(Chart.NAMESPACE));
    }

    @ParameterizedTest
    @ValueSource(strings = {"INT", "TERM"})
    void outsideOfTheClusterTheWebhookIsThereAsLongAsTheOperator(String signal) throws IOException {
        Definitions.install(client);
        try (Operator operator = start()) {
            MutatingWebhookConfiguration registered = awaitRegistration(operator);
            URI url = URI.create(
                    registered.getWebhooks().getFirst().getClientConfig().getUrl());
            assertThat(url.getHost()).isEqualTo("localhost");
            assertThat(url.getPath()).isEqualTo("/admit/pods");

            operator.signal(signal);
            operator.awaitEnd();

            assertThat(registration()).as(operator.log()).isNull();
        }
        assertThat(leftovers()).as("certificates of the webhook").isEmpty();
    }

    @Test
    void withoutTheDefinitionsTheOperatorSaysHowToGetThem() {
        definitionsAreRemoved();

        Command refused = Command.run(Operator.command("operator", "--local", "--kubeconfig", kubeconfig()));

        assertThat(refused.code()).isEqualTo(1);
        assertThat(refused.errors())
                .contains("placementpolicies", "kubectl apply --server-side -f crds/", "--install-crds")
                .doesNotContain("Exception");
    }

    @Test
    void theDefinitionsAreInstalledOnRequest() {
        definitionsAreRemoved();
        try (Operator operator = start("--install-crds")) {
            awaitRegistration(operator);
            assertThat(client.getApiResources("drover.dev/v1alpha1").getResources())
                    .extracting(resource -> resource.getName())
                    .contains("placementpolicies", "migrationplans", "nodeinventories");
            operator.signal("TERM");
            operator.awaitEnd();
        }
    }

    @Test
    void theRightsOfTheRemovalSufficeToLiftAllGates() throws IOException {
        testbed.apply(removalWithoutJob());
        testbed.apply(
                """
                apiVersion: admissionregistration.k8s.io/v1
                kind: MutatingWebhookConfiguration
                metadata: {name: drover}
                """);
        for (String name : List.of("gated-1", "gated-2")) {
            testbed.apply(gated(name));
        }

        AuditLog log = AuditLog.fromNow(testbed, "drover-lift-gates");
        Command lifted = Command.run(
                Operator.command("lift-gates", "--stop-admission", "--kubeconfig", kubeconfigOfTheRemoval()));

        assertThat(lifted.orFail()).contains("Lifted 2 placement gates.");
        assertThat(registration()).isNull();
        for (String name : List.of("gated-1", "gated-2")) {
            Pod pod = client.pods().inNamespace("default").withName(name).get();
            assertThat(pod.getSpec().getSchedulingGates())
                    .as("gates of others stay")
                    .extracting(PodSchedulingGate::getName)
                    .containsExactly("example.com/other");
        }
        assertThat(Command.run(Operator.command("lift-gates", "--kubeconfig", kubeconfigOfTheRemoval()))
                        .orFail())
                .as("run again, it finds none")
                .contains("Lifted 0 placement gates.");
        assertThat(log.refused()).isEmpty();
        assertThat(log.used())
                .as("every right of the removal is used")
                .isEqualTo(Rbac.of(new Chart(4).objects(ChartValues.DEFAULTS)).rights("drover-lift-gates"));
    }

    private Operator start(String... more) {
        String[] usual = {"operator", "--local", "--kubeconfig", kubeconfig(), "--namespace", Chart.NAMESPACE};
        String[] all = Arrays.copyOf(usual, usual.length + more.length);
        System.arraycopy(more, 0, all, usual.length, more.length);
        return Operator.start(folder.resolve("operator.log"), all);
    }

    private String kubeconfig() {
        return testbed.kubeconfig().toString();
    }

    private MutatingWebhookConfiguration awaitRegistration(Operator operator) {
        try {
            await().atMost(PATIENCE).until(() -> !operator.alive() || registration() != null);
        } catch (ConditionTimeoutException late) {
            throw new AssertionError("The webhook is not registered. The operator says: " + operator.log(), late);
        }
        MutatingWebhookConfiguration registered = registration();
        assertThat(registered).as(operator.log()).isNotNull();
        return registered;
    }

    private @Nullable MutatingWebhookConfiguration registration() {
        return client.admissionRegistration()
                .v1()
                .mutatingWebhookConfigurations()
                .withName("drover")
                .get();
    }

    private List<Path> leftovers() throws IOException {
        try (var files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().startsWith("drover-webhook-"))
                    .toList();
        }
    }

    private void definitionsAreRemoved() {
        var definitions = client.apiextensions().v1().customResourceDefinitions();
        definitions.list().getItems().stream()
                .filter(definition -> definition.getSpec().getGroup().equals("drover.dev"))
                .forEach(definition -> client.resource(definition).delete());
        await().atMost(PATIENCE).until(() -> definitions.list().getItems().stream()
                .noneMatch(definition -> definition.getSpec().getGroup().equals("drover.dev")));
        await().atMost(PATIENCE).until(() -> client.getApiResources("drover.dev/v1alpha1") == null);
    }

    private static String removalWithoutJob() throws IOException {
        return Chart.parse(Files.readString(Path.of("manifests/lift-gates.yaml"))).stream()
                .filter(object -> !object.path("kind").asText().equals("Job"))
                .map(Chart::yaml)
                .collect(Collectors.joining());
    }

    private static String gated(String name) {
        return """
                apiVersion: v1
                kind: Pod
                metadata: {name: %s, namespace: default, labels: {kubevirt.io: virt-launcher}}
                spec:
                  schedulingGates: [{name: example.com/other}, {name: drover.dev/placement}]
                  containers: [{name: compute, image: none}]
                """
                .formatted(name);
    }

    private String kubeconfigOfTheRemoval() {
        return ServiceAccountAccess.kubeconfig(testbed, "drover-lift-gates", folder)
                .toString();
    }
}
