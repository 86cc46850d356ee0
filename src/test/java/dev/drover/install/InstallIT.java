package dev.drover.install;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.drover.api.Definitions;
import dev.drover.install.Chart.Values;
import dev.drover.testbed.OnTestbed;
import dev.drover.testbed.Testbed;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is installed is accepted by the real API server, under the restricted pod security standard and without a warning. */
@OnTestbed
class InstallIT {

    /** Kinds of others, which this control plane does not serve. */
    private static final Set<String> NOT_SERVED = Set.of("cert-manager.io/v1", "monitoring.coreos.com/v1");

    private final Testbed testbed;

    @TempDir
    Path folder;

    InstallIT(Testbed testbed) {
        this.testbed = testbed;
    }

    @BeforeEach
    void definitionsAndNamespaceAreThere(KubernetesClient client) {
        Definitions.install(client);
        client.resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(Chart.NAMESPACE)
                        .addToLabels("pod-security.kubernetes.io/enforce", "restricted")
                        .addToLabels("pod-security.kubernetes.io/warn", "restricted")
                        .endMetadata()
                        .build())
                .serverSideApply();
    }

    static List<Values> values() {
        return ChartValues.all();
    }

    @ParameterizedTest
    @MethodSource("values")
    void everyRenderedObjectIsAccepted(Values values) throws IOException {
        List<JsonNode> served = new Chart(4)
                .objects(values).stream()
                        .filter(object ->
                                !NOT_SERVED.contains(object.path("apiVersion").asText()))
                        .toList();
        Path file = folder.resolve("objects.yaml");
        Files.writeString(file, served.stream().map(Chart::yaml).collect(Collectors.joining()));
        assertThat(dryRun(file)).hasSize(served.size());
    }

    @Test
    void plainManifestsAreAccepted() throws IOException {
        for (String name : List.of("install.yaml", "lift-gates.yaml")) {
            Path file = Path.of("manifests").resolve(name);
            assertThat(dryRun(file)).hasSameSizeAs(Chart.parse(Files.readString(file)));
        }
    }

    static List<Path> samples() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("manifests/samples"))) {
            return files.sorted().toList();
        }
    }

    @ParameterizedTest
    @MethodSource("samples")
    void sampleIsAccepted(Path sample) {
        assertThat(dryRun(sample)).hasSize(1);
    }

    @Test
    void everyKindHasASample() throws IOException {
        assertThat(samples())
                .extracting(sample -> sample.getFileName().toString().replaceAll("(-.*)?\\.yaml$", ""))
                .containsOnly(
                        "applicationservice",
                        "clusterplacementconstraint",
                        "migrationplan",
                        "nodeinventory",
                        "placementconstraint",
                        "placementpolicy",
                        "virtualmachineplacement",
                        "virtualmachineprofile");
    }

    @Test
    void theCertificateOfAPlainInstallationIsWhereTheDeploymentLooksForIt(KubernetesClient client) throws IOException {
        Command.run(List.of("bash", "manifests/webhook-certificate.sh", "30"), kubectlEnvironment())
                .orFail();

        JsonNode deployment =
                Chart.named(Chart.parse(Files.readString(Path.of("manifests/install.yaml"))), "Deployment", "drover");
        String mounted = deployment
                .at("/spec/template/spec/volumes")
                .findValue("secretName")
                .asText();
        Secret secret =
                client.secrets().inNamespace(Chart.NAMESPACE).withName(mounted).get();
        assertThat(secret.getData()).containsOnlyKeys("tls.crt", "tls.key", "ca.crt");

        Command.run(List.of("bash", "manifests/webhook-certificate.sh", "30"), kubectlEnvironment())
                .orFail();
        assertThat(client.secrets()
                        .inNamespace(Chart.NAMESPACE)
                        .withName(mounted)
                        .get()
                        .getData()
                        .get("tls.crt"))
                .as("run again, it renews")
                .isNotEqualTo(secret.getData().get("tls.crt"));
    }

    private Map<String, String> kubectlEnvironment() {
        return Map.of(
                "KUBECTL", Tools.kubectl(), "KUBECONFIG", testbed.kubeconfig().toString());
    }

    /** The lines with which kubectl says what it would have applied. */
    private List<String> dryRun(Path file) {
        List<String> command = new ArrayList<>(List.of(Tools.kubectl(), "apply", "--server-side", "--force-conflicts"));
        command.addAll(List.of("--dry-run=server", "--validate=strict"));
        command.addAll(List.of("--kubeconfig", testbed.kubeconfig().toString(), "--filename", file.toString()));
        Command applied = Command.run(command);
        String output = applied.orFail();
        assertThat(applied.errors()).doesNotContain("Warning");
        return output.lines().toList();
    }
}
