package dev.drover.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.testbed.NodeShape;
import dev.drover.testbed.OnTestbed;
import dev.drover.testbed.Testbed;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Nodes die here as machines do: nobody ends their pods until somebody proves that they are off. */
@OnTestbed
@Tag("full")
class RecoveryIT {
    private static final String KIND = "ApplicationService";
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final Duration A_WHILE = Duration.ofSeconds(30);
    private static final InstantSource CLOCK = InstantSource.system();

    private final Testbed testbed;
    private final Shown shown;
    private Stage stage;
    private OperatorProcess operator;

    RecoveryIT(Testbed testbed) {
        this.testbed = testbed;
        this.shown = new Shown(testbed);
    }

    /** All of two services is on node-1, and there is room elsewhere. */
    @BeforeEach
    void twoServicesOnOneNode() {
        stage = Stage.withNodes(testbed, 1);
        testbed.apply(
                """
                apiVersion: scheduling.k8s.io/v1
                kind: PriorityClass
                metadata: {name: gold}
                value: 1000
                """);
        operator = stage.operator();
        testbed.apply(Yaml.policy("Recommend", "Gate"));
        shown.awaitCondition("PlacementPolicy", "default", "Ready", "True");
        testbed.apply(gold(""));
        testbed.apply(plain());
        shown.awaitCondition(KIND, "gold", "Ready", "True AllReady");
        shown.awaitCondition(KIND, "plain", "Ready", "True AllReady");
        assertThat(Vms.running(testbed)).hasSize(8).containsValue("node-1");
    }

    @AfterEach
    void end() throws Exception {
        stage.close();
        testbed.client()
                .genericKubernetesResources("scheduling.k8s.io/v1", "PriorityClass")
                .withName("gold")
                .delete();
    }

    private static String gold(String rule) {
        return Services.service(
                "gold",
                "priorityClassName: gold",
                Services.application("db", 2, "recovery: {restartedBy: Drover}" + rule)
                        + Services.application(
                                "api", 2, "recovery: {restartedBy: Drover}\ndependsOn: [{application: db}]"));
    }

    private static String plain() {
        return Services.service(
                "plain",
                "",
                Services.application("late", 2, "recovery: {restartedBy: Drover, order: 2}")
                        + Services.application("soon", 2, "recovery: {restartedBy: Drover, order: 1}"));
    }

    @Test
    void nothingIsRestartedBeforeTheProofAndThenAllInOrder() {
        nodes(2, 6);
        testbed.apply(gold("\nconstraints: [{type: Spread}]"));
        shown.awaitCondition(KIND, "gold", "Progressing", "False");
        Map<String, Instant> before = created();

        testbed.killNode("node-1");
        String waits = Awaiting.until(
                "The service says whom it has lost, and what it waits for",
                PATIENCE,
                () -> shown.condition(KIND, "gold", "Recovering"),
                said -> said.startsWith("True DeathNotProven"));
        assertThat(waits).contains("(node-1)", "(db-0)", "(api-1)", "application (db)");
        // Somebody in a hurry: it frees nothing on the node itself.
        deletePods("db", 0);
        deletePods("soon", -1);
        Awaiting.always("Nothing is restarted before the proof", A_WHILE, this::created, now -> before.entrySet()
                .containsAll(now.entrySet()));

        Instant fenced = CLOCK.instant().truncatedTo(ChronoUnit.SECONDS);
        fence("node-1");
        Awaiting.until(
                "All is ready elsewhere",
                PATIENCE,
                () -> shown.condition(KIND, "gold", "Ready") + " / " + shown.condition(KIND, "plain", "Ready"),
                said -> said.split("True AllReady", -1).length == 3);
        System.out.printf(
                "From the fence to all 8 ready: %s; %s%n", Duration.between(fenced, CLOCK.instant()), notes());
        Map<String, Instant> after = created();
        assertThat(after.values()).allMatch(time -> !time.isBefore(fenced));
        assertThat(first(after, "api")).isAfterOrEqualTo(last(after, "db"));
        assertThat(first(after, "soon")).isAfterOrEqualTo(last(after, "api"));
        assertThat(first(after, "late")).isAfterOrEqualTo(last(after, "soon"));
        Map<String, String> running = Vms.running(testbed);
        assertThat(running).hasSize(8).doesNotContainValue("node-1");
        assertThat(running.get("db-0")).as("apart, as asked").isNotEqualTo(running.get("db-1"));
        Awaiting.until("An event tells how long it took", this::notes, notes -> notes.stream()
                .anyMatch(note -> note.contains("(db-0)") && note.contains("(node-1)")));
    }

    @Test
    void withHalfOfTheNodesLostTheBrakeHoldsUntilAPersonOrdersOtherwise() {
        nodes(2, 4);
        Map<String, Instant> before = created();
        testbed.killNode("node-1");
        testbed.killNode("node-2");
        Awaiting.until(
                "The brake holds and says so",
                PATIENCE,
                () -> shown.condition(KIND, "gold", "Recovering"),
                said -> said.startsWith("True RecoveryBraked"));
        fence("node-1");
        fence("node-2");
        Awaiting.until("Kubernetes has cleared the nodes", PATIENCE, this::pods, List::isEmpty);
        Awaiting.always("Nothing is restarted", A_WHILE, this::created, now -> before.entrySet()
                .containsAll(now.entrySet()));
        assertThat(shown.condition(KIND, "plain", "Recovering"))
                .startsWith("True RecoveryBraked")
                .contains("2 of 4 nodes", "(node-1), (node-2)", "drover.dev/recover");

        annotate(
                "gold",
                "drover.dev/recover",
                CLOCK.instant().truncatedTo(ChronoUnit.SECONDS).toString());
        Awaiting.until(
                "What was ordered is restarted",
                PATIENCE,
                () -> shown.condition(KIND, "gold", "Ready"),
                said -> said.startsWith("True AllReady"));
        assertThat(Vms.running(testbed)).containsOnlyKeys("api-0", "api-1", "db-0", "db-1");
    }

    private void nodes(int from, int to) {
        testbed.addNodes(IntStream.rangeClosed(from, to)
                .mapToObj(i -> NodeShape.plain("node-" + i))
                .toArray(NodeShape[]::new));
    }

    private void fence(String node) {
        testbed.client()
                .nodes()
                .withName(node)
                .patch(
                        PatchContext.of(PatchType.STRATEGIC_MERGE),
                        """
                {"spec":{"taints":[{"key":"node.kubernetes.io/out-of-service","value":"nodeshutdown","effect":"NoExecute"}]}}""");
    }

    private void annotate(String service, String key, String value) {
        testbed.client()
                .genericKubernetesResources("drover.dev/v1alpha1", KIND)
                .inNamespace("default")
                .withName(service)
                .patch(
                        PatchContext.of(PatchType.JSON_MERGE),
                        "{\"metadata\": {\"annotations\": {\"%s\": \"%s\"}}}".formatted(key, value));
    }

    private List<Pod> pods() {
        return testbed.client()
                .pods()
                .inNamespace("default")
                .withLabel("kubevirt.io", "virt-launcher")
                .list()
                .getItems();
    }

    /** @param graceSeconds 0 takes the objects away at once; less: as the pods say */
    private void deletePods(String application, long graceSeconds) {
        var pods = testbed.client().pods().inNamespace("default").withLabel("drover.dev/application", application);
        if (graceSeconds < 0) {
            pods.delete();
        } else {
            pods.withGracePeriod(graceSeconds).delete();
        }
    }

    private List<String> notes() {
        return testbed.client().events().v1().events().inNamespace("default").list().getItems().stream()
                .filter(event -> "Recovered".equals(event.getReason()))
                .map(event -> event.getNote())
                .toList();
    }

    /** When each instance was made, by the server's clock. */
    private Map<String, Instant> created() {
        Map<String, Instant> times = new TreeMap<>();
        for (GenericKubernetesResource instance : testbed.client()
                .genericKubernetesResources("kubevirt.io/v1", "VirtualMachineInstance")
                .inNamespace("default")
                .list()
                .getItems()) {
            times.put(
                    instance.getMetadata().getName(),
                    Instant.parse(instance.getMetadata().getCreationTimestamp()));
        }
        return times;
    }

    private static Instant first(Map<String, Instant> times, String application) {
        return of(times, application).getFirst();
    }

    private static Instant last(Map<String, Instant> times, String application) {
        return of(times, application).getLast();
    }

    private static List<Instant> of(Map<String, Instant> times, String application) {
        return times.entrySet().stream()
                .filter(each -> each.getKey().startsWith(application + "-"))
                .map(Map.Entry::getValue)
                .sorted()
                .toList();
    }
}
