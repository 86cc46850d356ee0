package dev.drover.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.api.v1alpha1.ApplicationService;
import dev.drover.testbed.NodeShape;
import dev.drover.testbed.OnTestbed;
import dev.drover.testbed.Testbed;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Where the virtual machines of a service go, on a node with many CPUs and one with much memory, and what is said when they fit nowhere. */
@OnTestbed
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ServicePlacementIT {
    private static final String KIND = "ApplicationService";

    private final Testbed testbed;
    private final Shown shown;
    private Stage stage;
    private OperatorProcess operator;

    ServicePlacementIT(Testbed testbed) {
        this.testbed = testbed;
        this.shown = new Shown(testbed);
    }

    @BeforeAll
    void twoKindsOfNodes() {
        stage = Stage.withNodes(
                testbed,
                NodeShape.plain("compute-1").cpu(16).memory("16Gi").label("kind", "compute"),
                NodeShape.plain("memory-1").cpu(4).memory("64Gi").label("kind", "memory"));
        operator = stage.operator();
        testbed.apply(Yaml.policy("Automatic", "Advise", "demand: {source: Requests}"));
        shown.awaitCondition("PlacementPolicy", "default", "Ready", "True");
    }

    @AfterEach
    void allServicesGo() {
        assertThat(operator.alive()).as(operator.lastWords()).isTrue();
        testbed.client()
                .resources(ApplicationService.class)
                .inNamespace("default")
                .delete();
        Awaiting.until(
                "All services are gone",
                () -> testbed.client()
                        .resources(ApplicationService.class)
                        .inNamespace("default")
                        .list()
                        .getItems(),
                List::isEmpty);
    }

    @AfterAll
    void end() throws Exception {
        stage.close();
    }

    @Test
    void applicationsWhoseProfilesAreSwappedSwapTheirNodes() {
        String cpuHeavy = "profile: {cpu: '6', memory: 1Gi}";
        String memoryHeavy = "profile: {cpu: 500m, memory: 20Gi}";
        testbed.apply(mixed(cpuHeavy, memoryHeavy));
        awaitNodes(Map.of("one-0", "compute-1", "two-0", "memory-1"));
        shown.awaitCondition(KIND, "mixed", "Ready", "True AllReady");

        testbed.apply(mixed(memoryHeavy, cpuHeavy));

        awaitNodes(Map.of("one-0", "memory-1", "two-0", "compute-1"));
        Awaiting.until(
                "The service tells the moves",
                () -> shown.status(KIND, "mixed", "applications"),
                applications -> applications.contains("lastMove"));
    }

    /** The nodes have as much CPU as they need; only what their disks carry tells them apart. */
    @Test
    void heavyOnDisksAndHeavyOnCpuSwapTheirNodesWithTheirProfiles() {
        testbed.annotateNode("compute-1", "drover.dev/capacity-diskio", "400");
        testbed.annotateNode("memory-1", "drover.dev/capacity-diskio", "20k");
        testbed.apply(Yaml.policy(
                "Automatic", "Advise", "demand: {source: Requests}", "weights: {cpu: 1, memory: 1, diskIO: 1}"));
        Awaiting.until(
                "The node's inventory tells what its disks carry",
                () -> shown.status("NodeInventory", "memory-1", "allocatable"),
                allocatable -> allocatable.contains("diskIO=20000"));
        String cpuHeavy = "profile: {cpu: '6', memory: 1Gi, diskIO: 50}";
        String ioHeavy = "profile: {cpu: 500m, memory: 1Gi, diskIO: 5000}";
        testbed.apply(mixed(cpuHeavy, ioHeavy));
        awaitNodes(Map.of("one-0", "compute-1", "two-0", "memory-1"));
        shown.awaitCondition(KIND, "mixed", "Ready", "True AllReady");
        assertThat(shown.status(KIND, "mixed", "required")).contains("diskIO=5050");
        assertThat(shown.status(KIND, "mixed", "available")).contains("diskIO=");

        testbed.apply(mixed(ioHeavy, cpuHeavy));

        awaitNodes(Map.of("one-0", "memory-1", "two-0", "compute-1"));
        assertThat(shown.status("VirtualMachinePlacement", "one-0", "demand")).contains("diskIO=5000");
    }

    private static String mixed(String ofOne, String ofTwo) {
        return Services.service(
                "mixed", "", Services.application("one", 1, ofOne) + Services.application("two", 1, ofTwo));
    }

    private void awaitNodes(Map<String, String> nodes) {
        Awaiting.until("They are on " + nodes, () -> Vms.running(testbed), running -> running.entrySet()
                .containsAll(nodes.entrySet()));
    }

    @Test
    void aServiceUsesItsNodesOnlyAndSaysOfWhatDoesNotFitThereHowMuchIsMissing() {
        testbed.apply(Services.service(
                "picky",
                "nodeSelector: {matchLabels: {kind: memory}}",
                Services.application("small", 1, "")
                        + Services.application("giant", 1, "").replace("cpu: 500m", "cpu: \"10\"")));

        String ready = shown.awaitCondition(KIND, "picky", "Ready", "False NoCapacity");
        assertThat(ready)
                .contains("(giant-0)", "application (giant)", "The node (memory-1) comes nearest", "of cpu")
                .contains("not allowed by selectors, taints or node rules");
        awaitNodes(Map.of("small-0", "memory-1"));
        assertThat(Vms.running(testbed)).doesNotContainKey("giant-0");
        assertThat(shown.condition(KIND, "picky", "RulesInForce")).startsWith("True Accepted");
        assertThat(shown.status(KIND, "picky", "required")).matches("\\{cpu=105\\d\\dm, memory=\\d+Mi}");
        assertThat(shown.status(KIND, "picky", "available")).contains("cpu=").contains("memory=");
        Awaiting.until(
                "Its placement says so too",
                () -> shown.condition("VirtualMachinePlacement", "giant-0", "Placed"),
                placed -> placed.startsWith("False NoCapacity: It finds no node"));
        assertThat(notes()).anyMatch(note -> note.startsWith("picky NoCapacity") && note.contains("(giant-0)"));
    }

    @Test
    void aRuleThatCannotHoldIsNamedByItsApplicationAndPlace() {
        testbed.apply(
                Services.service("crowded", "", Services.application("crowd", 3, "constraints: [{type: Spread}]")));

        assertThat(shown.awaitCondition(KIND, "crowded", "RulesInForce", "False RuleCannotHold"))
                .contains("place (0)", "application (crowd)");
        assertThat(shown.condition(KIND, "crowded", "Ready")).startsWith("False");
    }

    private List<String> notes() {
        return testbed.client().events().v1().events().inNamespace("default").list().getItems().stream()
                .map(event -> event.getRegarding().getName() + " " + event.getReason() + " " + event.getNote())
                .toList();
    }
}
