package dev.drover.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.api.v1alpha1.ApplicationService;
import dev.drover.api.v1alpha1.RelocationFault;
import dev.drover.api.v1alpha1.RelocationState;
import dev.drover.api.v1alpha1.RelocationStep;
import dev.drover.api.v1alpha1.ServiceRelocation;
import dev.drover.config.SteadyClock;
import dev.drover.testbed.OnTestbed;
import dev.drover.testbed.Testbed;
import dev.drover.testbed.player.VmId;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A virtual machine that KubeVirt cannot move live changes its node by a stop and a start. */
@OnTestbed
class RelocationIT {
    private static final String KIND = "ApplicationService";

    private final Testbed testbed;
    private final Shown shown;
    private Stage stage;
    private OperatorProcess operator;

    RelocationIT(Testbed testbed) {
        this.testbed = testbed;
        this.shown = new Shown(testbed);
    }

    @BeforeEach
    void threeNodes() {
        stage = Stage.withNodes(testbed, 3);
        operator = stage.keep(
                OperatorProcess.on(testbed).with("relocation-deadline", "45s").start());
        testbed.apply(Yaml.policy("Automatic", "Gate"));
        shown.awaitCondition("PlacementPolicy", "default", "Ready", "True");
    }

    @AfterEach
    void end() throws Exception {
        stage.close();
    }

    @Test
    void withADiskThatOtherNodesReachItIsStartedThereAndSetFree() {
        testbed.apply(Services.sharedClaim("data-0"));
        String first = started();

        order("");

        ServiceRelocation done = await(relocation -> relocation.state().isEnd());
        assertThat(done.state()).as("%s", done).isEqualTo(RelocationState.SUCCEEDED);
        assertThat(done.from()).isEqualTo(first);
        assertThat(states(done))
                .containsExactly(
                        RelocationState.STOPPING,
                        RelocationState.STARTING,
                        RelocationState.RELEASING,
                        RelocationState.SUCCEEDED);
        assertThat(node()).isEqualTo(done.to()).isNotEqualTo(first);
        assertThat(boundTo()).as("nothing binds it any more").isNull();
        assertThat(podsOn(first)).isEmpty();
        shown.awaitCondition(KIND, "store", "Ready", "True AllReady");
    }

    @Test
    void whatDoesNotBecomeReadyThereIsStartedAgainWhereItWas() {
        testbed.apply(Services.sharedClaim("data-0"));
        String first = started();

        order("");
        await(relocation -> relocation.state() == RelocationState.STARTING);
        testbed.player().silence(VmId.of("db-0"));
        await(relocation -> relocation.state() == RelocationState.RETURNING);
        testbed.player().answer(VmId.of("db-0"));

        ServiceRelocation done = await(relocation -> relocation.state().isEnd());
        assertThat(done.state()).isEqualTo(RelocationState.FAILED);
        assertThat(done.fault()).isEqualTo(RelocationFault.NOT_READY_THERE);
        assertThat(done.message()).contains("within 45 s");
        assertThat(node()).isEqualTo(first);
        assertThat(boundTo()).isNull();
        shown.awaitCondition(KIND, "store", "Ready", "True AllReady");
    }

    @Test
    void whatCannotBeRelocatedGoesOnRunningAndTheStatusSaysWhy() {
        testbed.apply(Services.localClaim("data-0", "node-1"));
        String first = started();
        String instance = instanceUid();

        order("");
        ServiceRelocation refused = await(relocation -> relocation.state().isEnd());
        assertThat(refused.fault()).isEqualTo(RelocationFault.DATA_NOT_MOVABLE);
        assertThat(refused.message()).contains("(pv-data-0)").contains("(data-0)");

        awaitNextSecond(refused.ordered());
        order(" " + first);
        refused = await(relocation ->
                relocation.ordered().isAfter(Instant.EPOCH) && relocation.fault() == RelocationFault.ORDER_NOT_FIT);
        assertThat(refused.message()).contains("(" + first + ") already");

        awaitNextSecond(refused.ordered());
        order(" node-9");
        refused = await(relocation -> relocation.fault() == RelocationFault.NO_NODE
                || relocation.fault() == RelocationFault.DATA_NOT_MOVABLE
                        && relocation.message().contains("node-9"));
        assertThat(refused.message()).contains("(node-9)");

        assertThat(instanceUid()).isEqualTo(instance);
        assertThat(node()).isEqualTo(first);
    }

    /** P14: an operator that is killed at any point is followed by one that goes on. */
    @Test
    void killedInEveryStateItIsFollowedByOneThatGoesOn() throws Exception {
        testbed.apply(Services.sharedClaim("data-0"));
        String first = started();

        order("");
        for (RelocationState state :
                List.of(RelocationState.STOPPING, RelocationState.STARTING, RelocationState.RELEASING)) {
            await(relocation -> states(relocation).contains(state));
            operator.kill();
            operator = stage.keep(OperatorProcess.on(testbed)
                    .named("operator-after-" + state)
                    .with("lease-duration", "20s")
                    .start());
        }

        ServiceRelocation done = await(relocation -> relocation.state().isEnd());
        assertThat(done.state()).as("%s", done).isEqualTo(RelocationState.SUCCEEDED);
        assertThat(node()).isEqualTo(done.to()).isNotEqualTo(first);
        assertThat(boundTo()).isNull();
    }

    private String started() {
        testbed.apply(Services.service("store", "", Services.withClaim("db", "relocation: LiveOrCold")));
        shown.awaitCondition(KIND, "store", "Ready", "True AllReady");
        return node();
    }

    private void order(String to) {
        testbed.client()
                .genericKubernetesResources("kubevirt.io/v1", "VirtualMachine")
                .inNamespace("default")
                .withName("db-0")
                .patch(
                        PatchContext.of(PatchType.JSON_MERGE),
                        """
                        {"metadata": {"annotations": {"drover.dev/relocate": "%s%s"}}}"""
                                .formatted(instant(), to));
    }

    private static Instant instant() {
        return new SteadyClock().instant().truncatedTo(ChronoUnit.SECONDS);
    }

    private static void awaitNextSecond(Instant last) {
        Awaiting.until("A new second", RelocationIT::instant, now -> now.isAfter(last));
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

    private static List<RelocationState> states(ServiceRelocation relocation) {
        return relocation.steps().stream().map(RelocationStep::state).toList();
    }

    private String node() {
        GenericKubernetesResource instance = object("VirtualMachineInstance");
        assertThat(instance.<String>get("status", "phase")).isEqualTo("Running");
        return instance.get("status", "nodeName");
    }

    private GenericKubernetesResource object(String kind) {
        return testbed.client()
                .genericKubernetesResources("kubevirt.io/v1", kind)
                .inNamespace("default")
                .withName("db-0")
                .get();
    }

    private String instanceUid() {
        return object("VirtualMachineInstance").getMetadata().getUid();
    }

    private Object boundTo() {
        return object("VirtualMachine").get("spec", "template", "spec", "nodeSelector", "kubernetes.io/hostname");
    }

    private List<String> podsOn(String node) {
        return testbed
                .client()
                .pods()
                .inNamespace("default")
                .withField("spec.nodeName", node)
                .list()
                .getItems()
                .stream()
                .map(pod -> pod.getMetadata().getName())
                .toList();
    }
}
