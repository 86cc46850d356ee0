package dev.drover.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.api.v1alpha1.ApplicationService;
import dev.drover.testbed.OnTestbed;
import dev.drover.testbed.Testbed;
import dev.drover.testbed.player.VmId;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Services that are there: watched over, stopped, changed by others, and written wrongly. One operator for all of them. */
@OnTestbed
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ServiceSupervisionIT {
    private static final String KIND = "ApplicationService";
    private static final Duration VISIBLE_WITHIN = Duration.ofSeconds(10);

    private final Testbed testbed;
    private final Shown shown;
    private Stage stage;
    private OperatorProcess operator;

    ServiceSupervisionIT(Testbed testbed) {
        this.testbed = testbed;
        this.shown = new Shown(testbed);
    }

    @BeforeAll
    void threeNodes() {
        stage = Stage.withNodes(testbed, 3);
        operator = stage.operator();
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
    void anApplicationThatDiesInALivingMachineDegradesTheServiceWhereItsProbeDecides() {
        testbed.apply(Services.service("probed", "", Services.application("probed", 1, "")));
        testbed.apply(
                Services.service("unprobed", "supervision: VirtualMachine", Services.application("unprobed", 1, "")));
        shown.awaitCondition(KIND, "probed", "Ready", "True AllReady");
        shown.awaitCondition(KIND, "unprobed", "Ready", "True AllReady");

        testbed.player().silence(VmId.of("unprobed-0"));
        testbed.player().silence(VmId.of("probed-0"));

        assertThat(shown.awaitCondition(KIND, "probed", "Degraded", "True ApplicationNotReady"))
                .contains("probed-0", "application (probed)", "node-");
        Instant dead = since("kubevirt.io/v1", "VirtualMachineInstance", "probed-0", "Ready");
        Instant told = since("drover.dev/v1alpha1", KIND, "probed", "Degraded");
        assertThat(Duration.between(dead, told)).isLessThanOrEqualTo(VISIBLE_WITHIN);
        assertThat(shown.condition(KIND, "probed", "Available")).startsWith("False");
        Awaiting.until(
                "The other service tells both facts",
                () -> shown.status(KIND, "unprobed", "applications"),
                applications ->
                        applications.contains("running=True") && applications.contains("applicationReady=False"));
        assertThat(shown.condition(KIND, "unprobed", "Available")).startsWith("True");
        assertThat(shown.condition(KIND, "unprobed", "Degraded")).startsWith("False");

        testbed.player().answer(VmId.of("probed-0"));
        shown.awaitCondition(KIND, "probed", "Ready", "True AllReady");
        Awaiting.until(
                "An event names the service, the application, the virtual machine and the node",
                this::notes,
                notes -> notes.stream()
                        .anyMatch(note -> note.startsWith("probed ApplicationNotReady")
                                && note.contains("(probed-0)")
                                && note.contains("node-")));
    }

    private List<String> notes() {
        return testbed.client().events().v1().events().inNamespace("default").list().getItems().stream()
                .map(event -> event.getRegarding().getName() + " " + event.getReason() + " " + event.getNote())
                .toList();
    }

    @Test
    void aServiceIsStoppedAndStartedInOrder() {
        String applications = Services.application("under", 1, "")
                + Services.application("upper", 1, "dependsOn: [{application: under}]");
        testbed.apply(Services.service("stack", "runPolicy: Running", applications));
        shown.awaitCondition(KIND, "stack", "Ready", "True AllReady");

        testbed.apply(Services.service("stack", "runPolicy: Stopped", applications));
        shown.awaitCondition(KIND, "stack", "Ready", "True ServiceStopped");
        assertThat(object("kubevirt.io/v1", "VirtualMachineInstance", "under-0"))
                .isNull();
        assertThat(object("kubevirt.io/v1", "VirtualMachine", "under-0")).isNotNull();

        testbed.apply(Services.service("stack", "runPolicy: Running", applications));
        shown.awaitCondition(KIND, "stack", "Ready", "True AllReady");
        Instant before = created("upper-0");

        testbed.client()
                .resources(ApplicationService.class)
                .inNamespace("default")
                .withName("stack")
                .patch(
                        PatchContext.of(PatchType.JSON_MERGE),
                        "{\"metadata\": {\"annotations\": {\"drover.dev/restart\": \"%s\"}}}"
                                .formatted(before.plusSeconds(1)));
        Awaiting.until(
                "Both have been started anew",
                () -> List.of(created("under-0"), created("upper-0")),
                times -> times.stream().allMatch(time -> time.isAfter(before)));
        shown.awaitCondition(KIND, "stack", "Ready", "True AllReady");
        assertThat(created("upper-0")).isAfterOrEqualTo(created("under-0"));
    }

    @Test
    void whatSomebodyElseHasSetIsLeftAndReported() {
        String service = Services.service("edited", "", Services.application("edited", 1, ""));
        testbed.apply(service);
        shown.awaitCondition(KIND, "edited", "Ready", "True AllReady");

        testbed.client()
                .genericKubernetesResources("kubevirt.io/v1", "VirtualMachine")
                .inNamespace("default")
                .withName("edited-0")
                .patch(
                        new PatchContext.Builder()
                                .withPatchType(PatchType.JSON_MERGE)
                                .withFieldManager("a-person")
                                .build(),
                        "{\"spec\": {\"template\": {\"metadata\": {\"labels\": {\"app\": \"by-hand\"}}}}}");

        assertThat(shown.awaitCondition(KIND, "edited", "TemplateDrift", "True TemplateDrift"))
                .contains("edited-0", "a-person", "app");
        GenericKubernetesResource machine =
                Objects.requireNonNull(object("kubevirt.io/v1", "VirtualMachine", "edited-0"));
        assertThat(machine.<String>get("spec", "template", "metadata", "labels", "app"))
                .isEqualTo("by-hand");
        assertThat(shown.condition(KIND, "edited", "Ready")).startsWith("False TemplateDrift");
    }

    @Test
    void ofFewerReplicasTheHighestGoesAndKeepsItsDisks() {
        testbed.apply(Services.service("kept", "", Services.application("kept", 2, "")));
        shown.awaitCondition(KIND, "kept", "Ready", "True AllReady");
        ConfigMap disk = belongingTo("kept-1");

        testbed.apply(Services.service("kept", "", Services.application("kept", 1, "")));
        Awaiting.until(
                "The highest is gone",
                () -> testbed.client()
                        .genericKubernetesResources("kubevirt.io/v1", "VirtualMachine")
                        .inNamespace("default")
                        .withLabel("drover.dev/service", "kept")
                        .list()
                        .getItems(),
                machines -> machines.size() == 1);

        assertThat(object("kubevirt.io/v1", "VirtualMachine", "kept-0")).isNotNull();
        Awaiting.until(
                "It belongs to nobody any more",
                () -> testbed.client().resource(disk).get().getMetadata().getOwnerReferences(),
                List::isEmpty);
        assertThat(object("kubevirt.io/v1", "VirtualMachineInstance", "kept-1")).isNull();
        testbed.client().resource(disk).delete();
    }

    /** As a data volume does; the garbage collector takes no note of the kind. */
    private ConfigMap belongingTo(String machine) {
        GenericKubernetesResource owner = Objects.requireNonNull(object("kubevirt.io/v1", "VirtualMachine", machine));
        return testbed.client()
                .resource(new ConfigMapBuilder()
                        .withNewMetadata()
                        .withNamespace("default")
                        .withName("disk-of-" + machine)
                        .withOwnerReferences(new OwnerReferenceBuilder()
                                .withApiVersion("kubevirt.io/v1")
                                .withKind("VirtualMachine")
                                .withName(machine)
                                .withUid(owner.getMetadata().getUid())
                                .build())
                        .endMetadata()
                        .build())
                .create();
    }

    @Test
    void aTemplateWithoutADomainIsRefusedInWords() {
        testbed.apply(
                Services.service(
                        "hollow",
                        "",
                        """
                - name: hollow
                  virtualMachines: {template: {spec: {template: {spec: {}}}}}
                """));

        assertThat(shown.awaitCondition(KIND, "hollow", "TemplateAccepted", "False TemplateRefused"))
                .contains("application (hollow)", "domain");
        assertThat(object("kubevirt.io/v1", "VirtualMachine", "hollow-0")).isNull();
    }

    @Test
    void anInvalidProbeIsRefusedInWords() {
        testbed.apply(Services.service(
                "probe",
                "",
                Services.application("probe", 1, "")
                        .replace("tcpSocket: {port: 80}", "tcpSocket: {port: 80}, exec: {command: [x]}")));

        assertThat(shown.awaitCondition(KIND, "probe", "TemplateAccepted", "False TemplateRefused"))
                .contains("application (probe)")
                .containsIgnoringCase("probe");
    }

    @Test
    void aMachineOfTheSameNameIsNotTakenOver() {
        Vms.named("mine", 1).create(testbed);
        testbed.apply(Services.service("greedy", "", Services.application("mine", 2, "")));

        assertThat(shown.awaitCondition(KIND, "greedy", "Ready", "False NameTaken"))
                .contains("mine-0");
        Awaiting.until(
                "The other one is made",
                () -> object("kubevirt.io/v1", "VirtualMachine", "mine-1") != null,
                there -> there);
        GenericKubernetesResource mine = Objects.requireNonNull(object("kubevirt.io/v1", "VirtualMachine", "mine-0"));
        assertThat(mine.getMetadata().getLabels()).isNullOrEmpty();
        assertThat(mine.<String>get("spec", "runStrategy")).isEqualTo("Always");
        testbed.client().resource(mine).delete();
    }

    @Test
    void whatAnotherServiceHasIsNotAdopted() {
        testbed.apply(Services.service("owner", "", Services.application("owned", 1, "")));
        testbed.apply(Services.service(
                "envious", "", "- {name: all, virtualMachines: {selector: {matchLabels: {app: owned}}}}"));

        assertThat(shown.awaitCondition(KIND, "envious", "Ready", "False InAnotherService"))
                .contains("(owned-0)", "(owner)");
        shown.awaitCondition(KIND, "owner", "Ready", "True AllReady");
    }

    private Instant created(String instance) {
        GenericKubernetesResource found = object("kubevirt.io/v1", "VirtualMachineInstance", instance);
        return found == null ? Instant.EPOCH : Instant.parse(found.getMetadata().getCreationTimestamp());
    }

    private Instant since(String apiVersion, String kind, String name, String type) {
        GenericKubernetesResource object = Objects.requireNonNull(object(apiVersion, kind, name));
        List<Map<String, Object>> conditions = object.get("status", "conditions");
        return conditions.stream()
                .filter(condition -> type.equals(condition.get("type")))
                .map(condition -> Instant.parse(String.valueOf(condition.get("lastTransitionTime"))))
                .findFirst()
                .orElseThrow();
    }

    private @Nullable GenericKubernetesResource object(String apiVersion, String kind, String name) {
        return testbed.client()
                .genericKubernetesResources(apiVersion, kind)
                .inNamespace("default")
                .withName(name)
                .get();
    }
}
