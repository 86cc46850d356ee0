package dev.drover.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.api.v1alpha1.ApplicationService;
import dev.drover.api.v1alpha1.MigrationPlan;
import dev.drover.api.v1alpha1.MoveReason;
import dev.drover.api.v1alpha1.OrderedMove;
import dev.drover.api.v1alpha1.RelocationFault;
import dev.drover.api.v1alpha1.RelocationState;
import dev.drover.api.v1alpha1.ServiceRelocation;
import dev.drover.api.v1alpha1.VirtualMachinePlacement;
import dev.drover.config.SteadyClock;
import dev.drover.testbed.OnTestbed;
import dev.drover.testbed.Testbed;
import dev.drover.testbed.player.Fault;
import dev.drover.testbed.player.VmId;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A person orders a virtual machine that can move live to another node, and it moves there without being stopped. */
@OnTestbed
class LiveRelocationIT {
    private static final String KIND = "ApplicationService";

    private final Testbed testbed;
    private final Shown shown;
    private Stage stage;
    private Migrations migrations;
    private OperatorProcess operator;

    LiveRelocationIT(Testbed testbed) {
        this.testbed = testbed;
        this.shown = new Shown(testbed);
    }

    @BeforeEach
    void threeNodes() {
        stage = Stage.withNodes(testbed, 3);
        operator = stage.keep(setup("operator").start());
        migrations = stage.migrations();
    }

    @AfterEach
    void end() throws Exception {
        stage.close();
    }

    @Test
    void oneOfATemplateKeepsRunningWhileItChangesItsNode() {
        start("Automatic");
        String first = nodeOf("db-0");
        String instance = uidOf("db-0");
        String to = another(first);

        order("db-0", " " + to);

        ServiceRelocation done = await(relocation -> relocation.state().isEnd());
        assertThat(done.state()).as("%s", done).isEqualTo(RelocationState.SUCCEEDED);
        assertThat(done.from()).isEqualTo(first);
        assertThat(done.to()).isEqualTo(to);
        assertThat(uidOf("db-0")).as("it was not stopped").isEqualTo(instance);
        assertThat(nodeOf("db-0")).isEqualTo(to);
        assertThat(migrations.of("db-0")).hasSize(1).allMatch(Migrations.Seen::ours);
        assertThat(requested()).singleElement().satisfies(plan -> assertThat(
                        plan.getSpec().moves().getFirst().virtualMachine().name())
                .isEqualTo("db-0"));
        shown.awaitCondition(KIND, "store", "Ready", "True AllReady");
    }

    @Test
    void oneThatSomebodyElseMadeIsMovedAndTheServiceThatAdoptsItSaysSo() {
        Vms.named("old", 1).preferring("node-1").run(testbed);
        testbed.apply(Services.service("store", "", Services.adopting("legacy", "old")));
        policy("Automatic");
        shown.awaitCondition(KIND, "store", "Ready", "True AllReady");
        String first = nodeOf("old-0");

        order("old-0", "");

        ServiceRelocation done = await(relocation -> relocation.state().isEnd());
        assertThat(done.virtualMachine()).isEqualTo("old-0");
        assertThat(done.state()).as("%s", done).isEqualTo(RelocationState.SUCCEEDED);
        assertThat(nodeOf("old-0")).isEqualTo(done.to()).isNotEqualTo(first);
        assertThat(told("old-0").state()).isEqualTo(RelocationState.SUCCEEDED);
    }

    @Test
    void whereItCannotGoItIsRefusedInWordsAndNothingMoves() {
        testbed.client()
                .nodes()
                .withName("node-3")
                .patch(PatchContext.of(PatchType.JSON_MERGE), "{\"spec\": {\"unschedulable\": true}}");
        start("Automatic");

        order("db-0", " node-3");

        ServiceRelocation refused = await(relocation -> relocation.state().isEnd());
        assertThat(refused.state()).as("%s", refused).isEqualTo(RelocationState.REFUSED);
        assertThat(refused.fault()).isEqualTo(RelocationFault.NO_NODE);
        assertThat(refused.message()).contains("(node-3)");
        assertThat(told("db-0").fault()).isEqualTo(RelocationFault.NO_NODE);
        assertThat(migrations.of("db-0")).isEmpty();
    }

    /** P15: the order asks, and who may approve plans decides. */
    @Test
    void whereTheModeIsRecommendItWaitsForTheApprovalOfItsPlan() {
        start("Recommend");
        order("db-0", "");
        await(relocation -> relocation.state() == RelocationState.WAITING
                && String.valueOf(relocation.message()).contains("approval"));
        assertThat(migrations.of("db-0")).isEmpty();

        approve(requested().getFirst());

        assertThat(await(relocation -> relocation.state().isEnd()).state()).isEqualTo(RelocationState.SUCCEEDED);
    }

    /** P14. */
    @Test
    void killedWhileItMovesTheOperatorIsFollowedByOneThatGoesOnAndMovesItOnce() {
        start("Automatic");
        String first = nodeOf("db-0");
        testbed.player().faults().next(VmId.of("db-0"), new Fault.Slow(20));

        order("db-0", "");
        Awaiting.until("The migration is there", () -> migrations.of("db-0"), of -> !of.isEmpty());
        operator.kill();
        stage.keep(setup("operator-after-it").start());

        ServiceRelocation done = await(relocation -> relocation.state().isEnd());
        assertThat(done.state()).as("%s", done).isEqualTo(RelocationState.SUCCEEDED);
        assertThat(nodeOf("db-0")).isEqualTo(done.to()).isNotEqualTo(first);
        assertThat(migrations.of("db-0")).hasSize(1);
        assertThat(requested()).hasSize(1);
    }

    private OperatorProcess.Setup setup(String name) {
        return OperatorProcess.on(testbed).named(name).with("lease-duration", "20s");
    }

    private void start(String mode) {
        policy(mode);
        testbed.apply(Services.service("store", "", Services.application("db", 1, "")));
        shown.awaitCondition(KIND, "store", "Ready", "True AllReady");
        Awaiting.until("It can move live", () -> Vms.running(testbed), running -> running.containsKey("db-0"));
    }

    private void policy(String mode) {
        testbed.apply(Yaml.policy(mode, "Advise"));
        shown.awaitCondition("PlacementPolicy", "default", "Ready", "True");
    }

    private void order(String machine, String to) {
        testbed.client()
                .genericKubernetesResources("kubevirt.io/v1", "VirtualMachine")
                .inNamespace("default")
                .withName(machine)
                .patch(
                        PatchContext.of(PatchType.JSON_MERGE),
                        """
                        {"metadata": {"annotations": {"drover.dev/relocate": "%s%s"}}}"""
                                .formatted(new SteadyClock().instant().truncatedTo(ChronoUnit.SECONDS), to));
    }

    private void approve(MigrationPlan plan) {
        testbed.client()
                .resources(MigrationPlan.class)
                .withName(plan.getMetadata().getName())
                .patch(
                        PatchContext.of(PatchType.JSON_MERGE),
                        "{\"spec\": {\"approval\": {\"decision\": \"Approved\", \"digest\": \"%s\"}}}"
                                .formatted(plan.getSpec().snapshot().digest()));
    }

    private static String another(String node) {
        TreeSet<String> others = new TreeSet<>(List.of("node-1", "node-2", "node-3"));
        others.remove(node);
        return others.first();
    }

    private ServiceRelocation await(Predicate<ServiceRelocation> good) {
        return Awaiting.until(
                        "The relocation goes on", this::relocations, all -> !all.isEmpty() && good.test(all.getLast()))
                .getLast();
    }

    private List<ServiceRelocation> relocations() {
        ApplicationService service = testbed.client()
                .resources(ApplicationService.class)
                .inNamespace("default")
                .withName("store")
                .get();
        return service.getStatus() == null ? List.of() : service.getStatus().relocations();
    }

    private OrderedMove told(String machine) {
        return testbed.client()
                .resources(VirtualMachinePlacement.class)
                .inNamespace("default")
                .withName(machine)
                .get()
                .getStatus()
                .relocation();
    }

    private List<MigrationPlan> requested() {
        return shown.plans().stream()
                .filter(plan -> plan.getSpec().reason() == MoveReason.REQUESTED)
                .toList();
    }

    private String nodeOf(String machine) {
        Map<String, Object> status = instance(machine).get("status");
        assertThat(status.get("phase")).isEqualTo("Running");
        return String.valueOf(status.get("nodeName"));
    }

    private String uidOf(String machine) {
        return instance(machine).getMetadata().getUid();
    }

    private GenericKubernetesResource instance(String machine) {
        return testbed.client()
                .genericKubernetesResources("kubevirt.io/v1", "VirtualMachineInstance")
                .inNamespace("default")
                .withName(machine)
                .get();
    }
}
