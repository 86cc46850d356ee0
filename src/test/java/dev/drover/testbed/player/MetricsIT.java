package dev.drover.testbed.player;

import static dev.drover.testbed.player.VmCluster.soon;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.drover.api.Kubectl;
import dev.drover.testbed.OnTestbed;
import dev.drover.testbed.Testbed;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.metrics.v1beta1.PodMetrics;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The metrics of three guests, read as others read them: through kube-apiserver, and from the Prometheus page. */
@OnTestbed
class MetricsIT {

    private static final String RAW = "/apis/metrics.k8s.io/v1beta1";

    private final VmCluster cluster;

    MetricsIT(Testbed testbed) {
        cluster = new VmCluster(testbed);
    }

    @BeforeAll
    static void guests(Testbed testbed) {
        var cluster = new VmCluster(testbed);
        cluster.addNodes(2);
        cluster.createVm("calm", "node-2", Map.of(Demands.CPU, "0.25", Demands.MEMORY, "512Mi"));
        for (var name : List.of("busy-1", "busy-2")) {
            cluster.createVm(name, "node-1", "{cores: 12}", "2Gi", Map.of(Demands.CPU, "12@0s"));
        }
        List.of("calm", "busy-1", "busy-2").forEach(cluster::awaitRunning);
    }

    @AfterEach
    void healthy() {
        cluster.player().metrics().reset();
    }

    @Test
    void a_node_gives_what_it_has_and_not_what_is_asked_for() {
        soon().untilAsserted(() -> {
            assertThat(cores(podOf("calm"))).isCloseTo(0.25, within(0.001));
            assertThat(cores(podOf("busy-1"))).as("half of 16").isCloseTo(8, within(0.001));
            assertThat(cluster.client()
                            .top()
                            .nodes()
                            .metrics("node-1")
                            .getUsage()
                            .get("cpu")
                            .getNumericalAmount()
                            .doubleValue())
                    .isCloseTo(16, within(0.001));
        });
        assertThat(Quantity.getAmountInBytes(podOf("calm")
                                .getContainers()
                                .getFirst()
                                .getUsage()
                                .get("memory"))
                        .doubleValue())
                .as("what the guest uses and the launcher's overhead")
                .isBetween(512.0 * (1 << 20), 1024.0 * (1 << 20));
    }

    @Test
    void the_raw_answers_are_what_kubectl_top_reads() {
        soon().untilAsserted(() -> {
            assertThat(cluster.client().raw(RAW + "/nodes"))
                    .contains("\"kind\":\"NodeMetricsList\"", "\"name\":\"node-2\"");
            assertThat(cluster.client().raw(RAW + "/pods?labelSelector=app%3Dweb"))
                    .contains("\"kind\":\"PodMetricsList\"", "virt-launcher-calm");
            assertThat(cluster.client().raw(RAW + "/pods?labelSelector=app%3Ddb"))
                    .doesNotContain("virt-launcher");
        });
    }

    @Test
    void kubectl_top_shows_nodes_and_pods(Testbed testbed) {
        Kubectl kubectl = new Kubectl(testbed.kubeconfig());

        soon().untilAsserted(() -> {
            assertThat(kubectl.run("top", "nodes", "--no-headers")).containsPattern("node-1 +16000m +100%");
            assertThat(kubectl.run("top", "pods", "--no-headers", "-l", "vm.kubevirt.io/name=calm"))
                    .containsPattern("virt-launcher-calm-\\S+ +250m");
        });
    }

    @Test
    void a_demand_set_in_code_takes_the_place_of_the_annotation() {
        var idle = Curve.constant(0);
        cluster.player().demand(VmId.of("calm"), new Demand(Curve.constant(1.5), Curve.constant(256 << 20), idle));
        try {
            soon().untilAsserted(() -> assertThat(cores(podOf("calm"))).isCloseTo(1.5, within(0.001)));
        } finally {
            cluster.player().reset();
        }
    }

    @Test
    void the_prometheus_page_shows_who_waits_for_a_cpu() {
        soon().untilAsserted(() -> {
            var page = page();
            assertThat(sample(page, "kubevirt_vmi_vcpu_delay_seconds_total{id=\"0\"", "busy-1"))
                    .isPositive();
            assertThat(sample(page, "kubevirt_vmi_vcpu_delay_seconds_total{id=\"0\"", "calm"))
                    .isZero();
            assertThat(sample(page, "kubevirt_vmi_cpu_usage_seconds_total{", "calm"))
                    .isPositive();
        });
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({"NEGATIVE, -5", "MALFORMED, NaN", "ABSURD, 1e30"})
    void figures_that_cannot_be_true(MetricsMode mode, String cpu) {
        cluster.player().metrics().mode(VmId.of("calm"), mode);

        soon().untilAsserted(() -> {
            assertThat(rawPodOf("calm")).contains("\"cpu\":\"%s\"".formatted(cpu));
            assertThat(rawPodOf("busy-1")).as("another VM").doesNotContain("\"cpu\":\"%s\"".formatted(cpu));
        });
    }

    @Test
    void stale_metrics_keep_their_time() {
        soon().until(() -> cluster.client().raw(RAW + "/nodes").contains("node-1"));
        cluster.player().metrics().mode(MetricsMode.STALE);
        var before = podOf("calm").getTimestamp();

        Awaitility.await()
                .during(Duration.ofSeconds(3))
                .atMost(Duration.ofSeconds(6))
                .untilAsserted(() -> assertThat(podOf("calm").getTimestamp()).isEqualTo(before));
    }

    @Test
    void metrics_can_be_away_and_come_back() {
        soon().until(() ->
                !cluster.client().top().pods().metrics("default").getItems().isEmpty());

        cluster.player().metrics().mode(MetricsMode.UNAVAILABLE);
        assertThatThrownBy(() -> cluster.client().top().pods().metrics("default"))
                .isInstanceOfSatisfying(KubernetesClientException.class, e -> assertThat(e.getCode())
                        .isEqualTo(503));
        cluster.player().metrics().mode(MetricsMode.NOT_INSTALLED);
        soon().untilAsserted(() ->
                assertThat(cluster.client().getApiGroup("metrics.k8s.io")).isNull());
        cluster.player().metrics().mode(MetricsMode.NORMAL);

        soon().ignoreExceptions().until(() -> !cluster.client()
                .top()
                .pods()
                .metrics("default")
                .getItems()
                .isEmpty());
    }

    private String rawPodOf(String vm) {
        return cluster.client().raw(RAW + "/namespaces/default/pods/" + runningPod(vm));
    }

    private PodMetrics podOf(String vm) {
        return cluster.client().top().pods().metrics("default", runningPod(vm));
    }

    private String runningPod(String vm) {
        return cluster.pods(vm).getFirst().getMetadata().getName();
    }

    private static double cores(PodMetrics metrics) {
        return metrics.getContainers()
                .getFirst()
                .getUsage()
                .get("cpu")
                .getNumericalAmount()
                .doubleValue();
    }

    private String page() throws IOException, InterruptedException {
        try (var http = HttpClient.newHttpClient()) {
            var request = HttpRequest.newBuilder(cluster.player().metrics().prometheus())
                    .build();
            return http.send(request, BodyHandlers.ofString()).body();
        }
    }

    private static double sample(String page, String begin, String vm) {
        var line = page.lines()
                .filter(it -> it.startsWith(begin) && it.contains("name=\"%s\"".formatted(vm)))
                .findFirst()
                .orElseThrow();
        return Double.parseDouble(line.substring(line.lastIndexOf(' ')));
    }
}
