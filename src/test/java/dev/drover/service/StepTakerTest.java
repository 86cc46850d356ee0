package dev.drover.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.drover.kubevirt.OwnVirtualMachines;
import dev.drover.kubevirt.SlimNode;
import dev.drover.kubevirt.VirtualMachineInstance;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is asked of the API server when virtual machines are to be started, and what becomes of its answers. */
class StepTakerTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String KINDS =
            """
            {"kind": "APIResourceList", "apiVersion": "v1", "groupVersion": "kubevirt.io/v1", "resources":
             [{"name": "virtualmachines", "singularName": "", "namespaced": true, "kind": "VirtualMachine", "verbs": ["patch"]}]}
            """;
    private static final String SAID = "KubeVirt says why";

    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final Map<String, Integer> answers = new HashMap<>();
    private final Farm farm = new Farm(Shop.service("", Shop.application("db", 2, "recovery: {restartedBy: Drover}")));
    private String runStrategy = "Manual";
    private SlimNode node;
    private Optional<VirtualMachineInstance> instance = Optional.empty();
    private HttpServer server;
    private KubernetesClient client;
    private StepTaker taker;

    /** Both are gone; node-1, which they were on, is well unless a test says otherwise. */
    @BeforeEach
    void twoThatAreToBeStarted() throws IOException {
        farm.nodes("node-1", "node-2", "node-3", "node-4");
        Shop.settledAfterDelays(farm);
        farm.service.getMetadata().setNamespace("default");
        farm.service.getMetadata().setUid("service");
        node = node("True");
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
        client = new KubernetesClientBuilder()
                .withConfig(new ConfigBuilder()
                        .withAutoConfigure(false)
                        .withRequestRetryBackoffLimit(0)
                        .withMasterUrl("http://localhost:" + server.getAddress().getPort())
                        .build())
                .build();
        LastLook lastLook = new LastLook(_ -> Optional.of(node), List::of, (_, _) -> instance, () -> farm.now);
        taker = new StepTaker(
                new OwnVirtualMachines(client),
                new Surveyor(null, null, null, _ -> List.of()),
                lastLook,
                () -> farm.now);
    }

    @AfterEach
    void end() {
        client.close();
        server.stop(0);
    }

    @Test
    void whatIsGoneIsStartedAndCounted() {
        taker.take(farm.service, starts(), () -> true);

        assertThat(started()).containsExactly("db-0", "db-1");
        assertThat(taker.memory("service").started().get("db-0").times()).isOne();
        assertThat(taker.memory("service").setbacks()).isEmpty();
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({
        "403, KubeVirt says why",
        "422, KubeVirt says why",
        "500, KubeVirt says why",
        "409, it runs or is being started",
        "404, it runs or is being started",
    })
    void oneThatIsRefusedIsRememberedWithTheReasonAndKeepsNoOtherDown(int code, String why) {
        answers.put("db-0", code);

        assertThat(taker.take(farm.service, starts(), () -> true))
                .as("something was learnt")
                .isTrue();
        assertThat(started()).containsExactly("db-0", "db-1");
        Memory memory = taker.memory("service");
        assertThat(memory.setbacks()).containsOnlyKeys("db-0");
        assertThat(memory.setbacks().get("db-0").why()).contains(why);
        assertThat(memory.setbacks().get("db-0").ofStart("vm-0")).isTrue();
        assertThat(memory.started()).containsOnlyKeys("db-1");

        answers.clear();
        taker.take(farm.service, starts(), () -> true);
        assertThat(taker.memory("service").setbacks())
                .as("forgotten when it was started")
                .isEmpty();
    }

    @Test
    void anApiServerThatDoesNotAnswerEndsAll() {
        answers.put("db-0", 503);

        assertThatThrownBy(() -> taker.take(farm.service, starts(), () -> true))
                .isInstanceOf(KubernetesClientException.class);
        assertThat(started()).doesNotContain("db-1");
    }

    @Test
    void oneThatCameAfterItUnderTheSameNameIsNotStarted() {
        taker.take(farm.service, List.of(new Step.Start("db", "db-0", "another")), () -> true);
        assertThat(started()).isEmpty();
    }

    @Test
    void nothingIsStartedByWhoMayNotAct() {
        taker.take(farm.service, starts(), () -> false);
        assertThat(asked).isEmpty();
    }

    @Test
    void oneThatHasAnInstanceByNowIsNotStarted() {
        instance = Optional.of(new VirtualMachineInstance());
        taker.take(farm.service, starts(), () -> true);
        assertThat(started()).isEmpty();
        assertThat(taker.memory("service").setbacks().get("db-0").why()).contains("has an instance by now");
    }

    @Test
    void whoseNodeIsLostByNowIsNotStarted() {
        theirNodeIsLost();
        taker.take(farm.service, starts(), () -> true);
        assertThat(started()).isEmpty();
        assertThat(taker.memory("service").setbacks().get("db-1").why()).contains("(node-1)", "not proven");
    }

    @Test
    void norByARunStrategyThatKubeVirtCarriesOut() {
        theirNodeIsLost();
        runStrategy = "Halted";
        Step.Apply runs = new Step.Apply("db", "db-0", "digest", 1, JSON.valueToTree(machine("RerunOnFailure")));
        taker.take(farm.service, List.of(runs), () -> true);
        assertThat(asked).noneMatch(request -> request.startsWith("PATCH"));
        assertThat(taker.memory("service").setbacks().get("db-0").why()).contains("(node-1)", "not proven");

        runStrategy = "RerunOnFailure";
        taker.take(farm.service, List.of(runs), () -> true);
        assertThat(asked).as("KubeVirt is told nothing new").anyMatch(request -> request.startsWith("PATCH"));
    }

    private void theirNodeIsLost() {
        farm.lose("node-1");
        farm.settle();
        farm.ends("node-1");
        farm.settle();
        node = node("Unknown");
    }

    private static SlimNode node(String ready) {
        return NodeFateTest.node(ready, null, null);
    }

    private static List<Step> starts() {
        return List.of(new Step.Start("db", "db-0", "vm-0"), new Step.Start("db", "db-1", "vm-1"));
    }

    private List<String> started() {
        return asked.stream()
                .filter(request -> request.startsWith("PUT"))
                .map(request -> request.replaceFirst(".*/virtualmachines/", "").replaceFirst("/start.*", ""))
                .toList();
    }

    private Map<String, Object> machine(String strategy) {
        return Map.of(
                "apiVersion",
                "kubevirt.io/v1",
                "kind",
                "VirtualMachine",
                "metadata",
                Map.of("name", "db-0", "namespace", "default", "uid", "vm-0", "generation", 2),
                "spec",
                Map.of("runStrategy", strategy, "template", Map.of()));
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        asked.add(exchange.getRequestMethod() + " " + path);
        String name = path.replaceFirst(".*/virtualmachines/", "").replaceFirst("/.*", "");
        int code = 200;
        String body = JSON.writeValueAsString(machine(runStrategy)).replace("vm-0", "vm-" + name.replace("db-", ""));
        if (path.equals("/apis/kubevirt.io/v1")) {
            body = KINDS;
        }
        if (exchange.getRequestMethod().equals("PUT")) {
            code = answers.getOrDefault(name, 202);
            body = code < 300
                    ? ""
                    : "{\"kind\": \"Status\", \"apiVersion\": \"v1\", \"status\": \"Failure\", \"code\": %d, \"message\": \"%s\"}"
                            .formatted(code, SAID);
        }
        byte[] written = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(code, written.length == 0 ? -1 : written.length);
        exchange.getResponseBody().write(written);
        exchange.close();
    }
}
