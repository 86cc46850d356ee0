package dev.drover.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.api.v1alpha1.ApplicationService;
import dev.drover.testbed.OnTestbed;
import dev.drover.testbed.Testbed;
import dev.drover.testbed.player.VmId;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A service from its first virtual machine to its last: made, started in order, watched over, changed and removed. */
@OnTestbed
class ServiceIT {
    private static final String KIND = "ApplicationService";
    private static final Set<String> SHOP = Set.of("db-0", "db-1", "api-0", "api-1", "web-0", "web-1", "web-2");

    private final Testbed testbed;
    private final Shown shown;
    private Stage stage;

    ServiceIT(Testbed testbed) {
        this.testbed = testbed;
        this.shown = new Shown(testbed);
    }

    @BeforeEach
    void fourNodes() {
        stage = Stage.withNodes(testbed, 4);
        stage.operator();
        testbed.apply(Yaml.policy("Automatic", "Gate"));
        shown.awaitCondition("PlacementPolicy", "default", "Ready", "True");
    }

    @AfterEach
    void end() throws Exception {
        stage.close();
    }

    @Test
    void aShopOfThreeApplicationsIsStartedInOrderGrowsAndGoes() {
        Vms.named("somebody-elses", 1).create(testbed);
        testbed.player().silence(VmId.of("db-1"));
        testbed.apply(Services.shop());

        Awaiting.until(
                "Both databases run",
                () -> Vms.running(testbed).keySet(),
                running -> running.containsAll(Set.of("db-0", "db-1")));
        assertThat(shown.awaitCondition(KIND, "shop", "Progressing", "True ApplicationsStart"))
                .contains("db-1");
        assertThat(machines()).as("who depends on the database waits for it").containsOnly("db-0", "db-1");

        testbed.player().answer(VmId.of("db-1"));
        shown.awaitCondition(KIND, "shop", "Ready", "True AllReady");
        assertThat(machines()).isEqualTo(SHOP);
        assertThat(startedAt("api")).isAfterOrEqualTo(startedAt("db"));
        assertThat(startedAt("web")).isAfterOrEqualTo(startedAt("api"));

        assertThat(nodesOf("db-0", "db-1")).as("apart, as asked").hasSize(2);
        Awaiting.until("Together, as asked", () -> nodesOf("api-0", "api-1"), nodes -> nodes.size() == 1);

        testbed.apply(
                Services.shop(Services.application("cache", 1, ""), Services.adopting("legacy", "somebody-elses")));
        Awaiting.until("The cache is there", this::machines, machines -> machines.contains("cache-0"));
        shown.awaitCondition(KIND, "shop", "Ready", "True AllReady");
        assertThat(shown.status(KIND, "shop", "readyVirtualMachines")).isEqualTo("9");
        Set<String> more = new TreeSet<>(SHOP);
        more.add("cache-0");
        assertThat(machines()).isEqualTo(more);

        testbed.client()
                .resources(ApplicationService.class)
                .inNamespace("default")
                .withName("shop")
                .delete();
        Awaiting.until("Nothing is left that the service made", this::machines, Set::isEmpty);
        Awaiting.until(
                "The service is gone",
                () -> testbed.client()
                        .resources(ApplicationService.class)
                        .inNamespace("default")
                        .list()
                        .getItems(),
                List::isEmpty);
        assertThat(Vms.running(testbed)).containsOnlyKeys("somebody-elses-0");
    }

    /** Its owner is faster by less than Drover's last look at whether the name is free. */
    @Test
    void aMachineThatIsMadeJustBeforeDroversIsGivenBackAsItWas() throws Exception {
        stage.close();
        stage = Stage.withNodes(testbed, 1);
        ApiCutter cutter = stage.keep(ApiCutter.before(testbed));
        stage.keep(OperatorProcess.on(testbed)
                .named("operator-that-is-late")
                .through(cutter.kubeconfig())
                .start());
        cutter.before(
                "PATCH", "/virtualmachines/race-0", () -> Vms.named("race", 1).create(testbed));
        testbed.apply(Services.service("late", "", Services.application("race", 1, "")));

        shown.awaitCondition(KIND, "late", "Ready", "False");
        GenericKubernetesResource machine = Awaiting.until(
                "The virtual machine is its owner's",
                () -> testbed.client()
                        .genericKubernetesResources("kubevirt.io/v1", "VirtualMachine")
                        .inNamespace("default")
                        .withName("race-0")
                        .get(),
                found -> found != null && !found.toString().contains("drover.dev/"));
        assertThat(machine.<String>get("spec", "runStrategy")).isEqualTo("Always");
        shown.awaitCondition(KIND, "late", "Ready", "False NameTaken");
    }

    private Set<String> nodesOf(String... names) {
        Map<String, String> running = new TreeMap<>(Vms.running(testbed));
        running.keySet().retainAll(Set.of(names));
        return new TreeSet<>(running.values());
    }

    /** Of the service. */
    private Set<String> machines() {
        return testbed
                .client()
                .genericKubernetesResources("kubevirt.io/v1", "VirtualMachine")
                .inNamespace("default")
                .withLabel("drover.dev/service", "shop")
                .list()
                .getItems()
                .stream()
                .map(machine -> machine.getMetadata().getName())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** When the first instance of the application was made; the server's times have seconds. */
    private Instant startedAt(String application) {
        Map<String, String> times = new TreeMap<>();
        for (GenericKubernetesResource instance : testbed.client()
                .genericKubernetesResources("kubevirt.io/v1", "VirtualMachineInstance")
                .inNamespace("default")
                .withLabel("drover.dev/application", application)
                .list()
                .getItems()) {
            times.put(
                    instance.getMetadata().getCreationTimestamp(),
                    instance.getMetadata().getName());
        }
        return Instant.parse(times.keySet().iterator().next());
    }
}
