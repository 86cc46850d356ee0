package dev.drover.install;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.drover.admission.WebhookCertificates;
import dev.drover.admission.WebhookRegistration;
import dev.drover.api.Definitions;
import dev.drover.config.SteadyClock;
import dev.drover.system.ApiCutter;
import dev.drover.testbed.NodeShape;
import dev.drover.testbed.OnTestbed;
import dev.drover.testbed.Testbed;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The packaged operator as it runs in a cluster, whose API server does not answer while it starts: it waits, says that it is not ready, and
 * begins its work when there is an answer.
 */
@OnTestbed
class SlowStartIT {
    /** Longer than a client waits for one answer. */
    private static final Duration OUTAGE = Duration.ofSeconds(30);

    private static final Duration PATIENCE = Duration.ofMinutes(4);

    /** What the startup probe of the chart allows. */
    private static final Duration STARTED_WITHIN = Duration.ofSeconds(120);

    private final Testbed testbed;
    private final HttpClient http = HttpClient.newHttpClient();
    private final int management = Testbed.freePort();

    @TempDir
    Path folder;

    private final WebhookCertificates made = WebhookCertificates.create(
            List.of("localhost"), new SteadyClock().instant(), Duration.ofDays(1), new SecureRandom());

    private ApiCutter cutter;

    SlowStartIT(Testbed testbed) {
        this.testbed = testbed;
    }

    @BeforeEach
    void installed() {
        testbed.reset();
        testbed.addNodes(NodeShape.plain("node-1"));
        Definitions.install(testbed.client());
        testbed.apply("{apiVersion: v1, kind: Namespace, metadata: {name: drover-system}}");
        cutter = ApiCutter.before(testbed);
    }

    @AfterEach
    void end() {
        cutter.goOn();
        cutter.close();
        new WebhookRegistration(testbed.client()).remove();
    }

    @Test
    void anApiServerThatHangsFromTheFirstRequestOnIsWaitedFor() throws IOException {
        cutter.hang();
        try (Operator operator = start()) {
            survivesAnOutage(operator);
        }
    }

    @Test
    void anApiServerThatHangsWhenTheReconcilersListTheirKindsIsWaitedFor() throws IOException {
        cutter.before("GET", "/placementpolicies\\?", cutter::hang);
        try (Operator operator = start()) {
            survivesAnOutage(operator);
        }
    }

    private void survivesAnOutage(Operator operator) {
        await().atMost(STARTED_WITHIN).until(() -> !operator.alive() || status("/q/health/live") == 200);
        await().during(OUTAGE)
                .atMost(OUTAGE.plus(PATIENCE))
                .until(() -> operator.alive() && status("/q/health/ready") != 200);
        cutter.goOn();

        await().atMost(PATIENCE).until(() -> !operator.alive() || status("/q/health/ready") == 200);
        assertThat(operator.alive()).as(operator.log()).isTrue();
        testbed.apply(
                "{apiVersion: drover.dev/v1alpha1, kind: PlacementPolicy, metadata: {name: default}, spec: {mode: Recommend}}");
        await().atMost(PATIENCE).until(this::policyIsReady);
        await().atMost(PATIENCE).until(this::authorityIsPublished);
    }

    private boolean authorityIsPublished() {
        String published = testbed.client()
                .admissionRegistration()
                .v1()
                .mutatingWebhookConfigurations()
                .withName(WebhookRegistration.NAME)
                .get()
                .getWebhooks()
                .getFirst()
                .getClientConfig()
                .getCaBundle();
        return new String(Base64.getDecoder().decode(published), StandardCharsets.US_ASCII).equals(made.caPem());
    }

    private boolean policyIsReady() {
        return testbed.client()
                .genericKubernetesResources("drover.dev/v1alpha1", "PlacementPolicy")
                .withName("default")
                .get()
                .getAdditionalProperties()
                .toString()
                .contains("type=Ready");
    }

    private int status(String path) {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://localhost:" + management + path))
                .timeout(Duration.ofSeconds(5))
                .build();
        try {
            return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
        } catch (IOException notYet) {
            return 0;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    private Operator start() throws IOException {
        List<String> arguments = new ArrayList<>(
                List.of("operator", "--kubeconfig=" + cutter.kubeconfig(), "--management-port=" + management));
        arguments.addAll(WebhookByUrl.register(testbed, folder, made));
        return Operator.start(folder.resolve("operator.log"), arguments.toArray(String[]::new));
    }
}
