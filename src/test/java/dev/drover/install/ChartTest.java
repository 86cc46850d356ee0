package dev.drover.install;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drover.config.Settings;
import dev.drover.install.Chart.Values;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ChartTest {

    private static final Chart HELM_3 = new Chart(3);
    private static final Chart HELM_4 = new Chart(4);

    static List<Values> values() {
        return ChartValues.all();
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 4})
    void lintsStrictly(int helm) {
        assertThat(new Chart(helm).lint(ChartValues.DEFAULTS)).satisfies(lint -> assertThat(lint.code())
                .as(lint.output() + lint.errors())
                .isZero());
    }

    @ParameterizedTest
    @MethodSource("values")
    void bothHelmsRenderTheSameObjects(Values values) {
        assertThat(comparable(HELM_3.objects(values))).isEqualTo(comparable(HELM_4.objects(values)));
    }

    /** Objects by kind and name, without what is random by design. */
    private static Map<String, JsonNode> comparable(List<JsonNode> objects) {
        return objects.stream()
                .map(JsonNode::<ObjectNode>deepCopy)
                .peek(object -> {
                    if (object.path("kind").asText().equals("Secret")) {
                        object.remove("data");
                    }
                    object.path("webhooks")
                            .forEach(webhook -> ((ObjectNode) webhook.path("clientConfig")).remove("caBundle"));
                })
                .collect(Collectors.toMap(
                        object -> object.path("kind").asText() + "/"
                                + object.at("/metadata/name").asText(),
                        object -> object));
    }

    static Stream<Arguments> mistakes() {
        return Stream.of(
                arguments("replicas=0", "replicas", "1"),
                arguments("replica=2", "replica", "not allowed"),
                arguments("features.admission=Maybe", "admission", "Gate"),
                arguments("features.liveMoves=true", "liveMoves", "Disabled"),
                arguments("defaultPolicy.mode=Auto", "mode", "Automatic"),
                arguments("image.repository=", "repository", "pattern"),
                arguments("image.digest=latest", "digest", "pattern"),
                arguments("webhook.timeoutSeconds=10", "timeoutSeconds", "2"),
                arguments("webhook.port=80", "webhook", "port"),
                arguments("webhook.port=9000", "webhook.port is 9000", "Choose another one"),
                arguments("webhook.certificates.source=Magic", "source", "CertManager"),
                arguments(
                        "webhook.certificates.source=ExistingSecret", "existingSecret.name is empty", "Name a Secret"),
                arguments("webhook.certificates.validityDays=0", "validityDays", "1"),
                arguments("resources.limits.memory=lots", "memory", "match"),
                arguments("settings.CYCLE_INTERVALL=30s", "CYCLE_INTERVALL", "not allowed"),
                arguments("settings:={\"SEED\":1}", "SEED", "string"),
                arguments("podDisruptionBudget.maxUnavailable=0", "maxUnavailable", "1"),
                arguments("serviceMonitor.intervalSeconds=1", "intervalSeconds", "5"),
                arguments(
                        "features.admission=Advise,defaultPolicy.admission=Gate",
                        "defaultPolicy.admission is Gate",
                        "Raise features.admission"));
    }

    @ParameterizedTest
    @MethodSource("mistakes")
    void mistakeIsRefusedByName(String setting, String name, String hint) {
        for (Chart chart : List.of(HELM_3, HELM_4)) {
            Command refused = chart.template(Values.of("mistake", setting));
            assertThat(refused.code()).as("Helm %d", chart.helm()).isNotZero();
            assertThat(refused.errors())
                    .as("Helm %d", chart.helm())
                    .contains(name)
                    .containsIgnoringCase(hint);
        }
    }

    @Test
    void theChartKnowsTheSettingsOfTheOperator() throws IOException {
        List<String> read = new ArrayList<>();
        Settings.read(name -> {
            read.add(name.toUpperCase(Locale.ROOT).replace('-', '_'));
            return null;
        });
        // The chart sets it itself, with the feature that needs it.
        assertThat(read.remove("COPY_IMAGE")).isTrue();

        JsonNode settings = new ObjectMapper()
                .readTree(Files.readString(Path.of("helm/drover/values.schema.json")))
                .at("/properties/settings/properties");

        assertThat(settings.properties()).extracting(Map.Entry::getKey).containsExactlyInAnyOrderElementsOf(read);
    }

    @Test
    void aFeatureThatIsOffTakesItsRightsAlong() {
        assertThat(Rbac.of(HELM_4.objects(ChartValues.RECOMMEND_ONLY)).operatorMay("virtualmachineinstancemigrations"))
                .containsExactlyInAnyOrder("get", "list", "watch");
        assertThat(Rbac.of(HELM_4.objects(ChartValues.DEFAULTS)).operatorMay("virtualmachineinstancemigrations"))
                .containsExactlyInAnyOrder("get", "list", "watch", "create", "delete");
        assertThat(Rbac.of(HELM_4.objects(ChartValues.ADVISE_ONLY)).operatorMay("pods"))
                .doesNotContain("patch");
        assertThat(Rbac.of(HELM_4.objects(ChartValues.DEFAULTS)).operatorMay("pods"))
                .contains("patch");
    }

    @Test
    void withoutAdmissionThereIsNoWebhookAndNoCertificate() {
        List<JsonNode> objects = HELM_4.objects(ChartValues.NO_ADMISSION);
        assertThat(Chart.ofKind(objects, "MutatingWebhookConfiguration")).isEmpty();
        assertThat(Chart.ofKind(objects, "Secret")).isEmpty();
        assertThat(Chart.named(objects, "Deployment", "drover").toString())
                .doesNotContain("webhook")
                .contains("--admission=Off");
    }

    @ParameterizedTest
    @MethodSource("values")
    void virtualMachinesStartWithoutDrover(Values values) {
        for (JsonNode configuration : Chart.ofKind(HELM_4.objects(values), "MutatingWebhookConfiguration")) {
            for (JsonNode webhook : configuration.path("webhooks")) {
                assertThat(webhook.path("failurePolicy").asText()).isEqualTo("Ignore");
                assertThat(webhook.path("timeoutSeconds").asInt()).isBetween(1, 2);
                assertThat(webhook.path("namespaceSelector").toString()).contains("kube-system", Chart.NAMESPACE);
                assertThat(webhook.at("/objectSelector/matchLabels/kubevirt.io").asText())
                        .isEqualTo("virt-launcher");
            }
        }
    }

    @Test
    void helmMakesACertificateThatTheWebhookConfigurationTrusts() throws Exception {
        List<JsonNode> objects = HELM_4.objects(ChartValues.DEFAULTS);
        JsonNode secret = Chart.named(objects, "Secret", "drover-webhook-tls").path("data");
        X509Certificate authority = certificate(secret.path("ca.crt").asText());
        X509Certificate serving = certificate(secret.path("tls.crt").asText());
        serving.verify(authority.getPublicKey());
        assertThat(serving.getSubjectAlternativeNames().toString()).contains("drover.drover-system.svc");
        JsonNode webhook =
                Chart.named(objects, "MutatingWebhookConfiguration", "drover").at("/webhooks/0/clientConfig");
        assertThat(webhook.path("caBundle").asText())
                .isEqualTo(secret.path("ca.crt").asText());
        assertThat(webhook.at("/service/name").asText())
                .isEqualTo(Chart.named(objects, "Service", "drover")
                        .at("/metadata/name")
                        .asText());
    }

    private static X509Certificate certificate(String base64) throws Exception {
        return (X509Certificate) CertificateFactory.getInstance("X.509")
                .generateCertificate(
                        new ByteArrayInputStream(Base64.getDecoder().decode(base64)));
    }

    @Test
    void nothingOfAClusterIsLostWithTheRelease() {
        assertThat(HELM_4.template(ChartValues.DEFAULTS).orFail())
                .as("definitions live in crds/, which Helm never deletes")
                .doesNotContain("kind: CustomResourceDefinition");
    }
}
