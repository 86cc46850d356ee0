package dev.drover.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.api.v1alpha1.RelocationFault;
import dev.drover.api.v1alpha1.RelocationState;
import dev.drover.api.v1alpha1.ServiceRelocation;
import dev.drover.testbed.OnTestbed;
import dev.drover.testbed.Testbed;
import dev.drover.testbed.player.VmId;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A virtual machine that KubeVirt cannot move live changes its node by a stop and a start. */
@OnTestbed
class RelocationIT {
    private static final String KIND = "ApplicationService";

    private final Testbed testbed;
    private final Shown shown;
    private final Relocated store;
    private Stage stage;
    private OperatorProcess operator;

    RelocationIT(Testbed testbed) {
        this.testbed = testbed;
        this.shown = new Shown(testbed);
        this.store = new Relocated(testbed, "store", "db-0");
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

        store.order("");

        ServiceRelocation done = store.await(relocation -> relocation.state().isEnd());
        assertThat(done.state()).as("%s", done).isEqualTo(RelocationState.SUCCEEDED);
        assertThat(done.from()).isEqualTo(first);
        assertThat(Relocated.states(done))
                .containsExactly(
                        RelocationState.STOPPING,
                        RelocationState.STARTING,
                        RelocationState.RELEASING,
                        RelocationState.SUCCEEDED);
        assertThat(store.node()).isEqualTo(done.to()).isNotEqualTo(first);
        assertThat(store.boundTo()).as("nothing binds it any more").isNull();
        assertThat(store.podsOn(first)).isEmpty();
        shown.awaitCondition(KIND, "store", "Ready", "True AllReady");
    }

    @Test
    void whatDoesNotBecomeReadyThereIsStartedAgainWhereItWas() {
        testbed.apply(Services.sharedClaim("data-0"));
        String first = started();

        store.order("");
        store.await(relocation -> relocation.state() == RelocationState.STARTING);
        testbed.player().silence(VmId.of("db-0"));
        store.await(relocation -> relocation.state() == RelocationState.RETURNING);
        testbed.player().answer(VmId.of("db-0"));

        ServiceRelocation done = store.await(relocation -> relocation.state().isEnd());
        assertThat(done.state()).isEqualTo(RelocationState.FAILED);
        assertThat(done.fault()).isEqualTo(RelocationFault.NOT_READY_THERE);
        assertThat(done.message()).contains("within 45 s");
        assertThat(store.node()).isEqualTo(first);
        assertThat(store.boundTo()).isNull();
        shown.awaitCondition(KIND, "store", "Ready", "True AllReady");
    }

    @Test
    void whatCannotBeRelocatedGoesOnRunningAndTheStatusSaysWhy() {
        testbed.apply(Services.localClaim("data-0", "node-1"));
        String first = started();
        String instance = store.instanceUid();

        store.order("");
        ServiceRelocation refused = store.await(relocation -> relocation.state().isEnd());
        assertThat(refused.fault()).isEqualTo(RelocationFault.DATA_NOT_MOVABLE);
        assertThat(refused.message()).contains("(pv-data-0)").contains("(data-0)");

        Relocated.awaitNextSecond(refused.ordered());
        store.order(" " + first);
        refused = store.await(relocation ->
                relocation.ordered().isAfter(Instant.EPOCH) && relocation.fault() == RelocationFault.ORDER_NOT_FIT);
        assertThat(refused.message()).contains("(" + first + ") already");

        Relocated.awaitNextSecond(refused.ordered());
        store.order(" node-9");
        refused = store.await(relocation -> relocation.fault() == RelocationFault.NO_NODE
                || relocation.fault() == RelocationFault.DATA_NOT_MOVABLE
                        && relocation.message().contains("node-9"));
        assertThat(refused.message()).contains("(node-9)");

        assertThat(store.instanceUid()).isEqualTo(instance);
        assertThat(store.node()).isEqualTo(first);
    }

    /** P14: an operator that is killed at any point is followed by one that goes on. */
    @Test
    void killedInEveryStateItIsFollowedByOneThatGoesOn() throws Exception {
        testbed.apply(Services.sharedClaim("data-0"));
        String first = started();

        store.order("");
        for (RelocationState state :
                List.of(RelocationState.STOPPING, RelocationState.STARTING, RelocationState.RELEASING)) {
            store.await(relocation -> Relocated.states(relocation).contains(state));
            operator.kill();
            operator = stage.keep(OperatorProcess.on(testbed)
                    .named("operator-after-" + state)
                    .with("lease-duration", "20s")
                    .start());
        }

        ServiceRelocation done = store.await(relocation -> relocation.state().isEnd());
        assertThat(done.state()).as("%s", done).isEqualTo(RelocationState.SUCCEEDED);
        assertThat(store.node()).isEqualTo(done.to()).isNotEqualTo(first);
        assertThat(store.boundTo()).isNull();
    }

    private String started() {
        testbed.apply(Services.service("store", "", Services.withClaim("db", "relocation: LiveOrCold")));
        shown.awaitCondition(KIND, "store", "Ready", "True AllReady");
        return store.node();
    }
}
