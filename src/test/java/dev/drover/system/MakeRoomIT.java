package dev.drover.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.api.v1alpha1.MoveReason;
import dev.drover.testbed.OnTestbed;
import dev.drover.testbed.Testbed;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A virtual machine that fits nowhere waits at the gate until others have made room for it. */
@OnTestbed
class MakeRoomIT {
    private final Testbed testbed;
    private final Shown shown;
    private final Stage stage;

    MakeRoomIT(Testbed testbed) {
        this.testbed = testbed;
        this.shown = new Shown(testbed);
        stage = Stage.withNodes(testbed, 3);
    }

    @AfterEach
    void end() throws Exception {
        stage.close();
    }

    /**
     * Nodes have 16 CPUs. Only node-1 can be emptied for a guest of 14: its two of 4 CPUs go to the others, which have 9 in use, and one
     * of them must not meet who is on node-2.
     */
    @Test
    void twoMovesLetInWhatFitsNowhereAndBreakNoRule() {
        List<Vms> groups = List.of(
                Vms.named("web", 1).size("4", "1Gi").preferring("node-1"),
                Vms.named("other", 1).size("4", "1Gi").preferring("node-1"),
                Vms.named("shop", 1).size("9", "1Gi").label("app", "web").preferring("node-2"),
                Vms.named("store", 1).size("9", "1Gi").preferring("node-3"));
        Vms.create(testbed, groups);
        Vms.awaitRunning(testbed, groups);
        stage.keep(OperatorProcess.on(testbed).gathering().start());
        Eyes eyes = stage.eyes();
        Migrations migrations = stage.migrations();
        testbed.apply(Yaml.rule("apart", "app: web", "type: Spread"));
        testbed.apply(Yaml.policy("Automatic", "Gate", "aggressiveness: 1"));
        shown.awaitCondition("PlacementConstraint", "apart", "Ready", "True");
        shown.awaitCondition("PlacementPolicy", "default", "Balanced", "True");

        Vms.named("guest", 1).size("14", "1Gi").run(testbed);

        assertThat(Vms.running(testbed))
                .as(eyes.placement())
                .containsEntry("guest-0", "node-1")
                .containsEntry("web-0", "node-3")
                .containsEntry("other-0", "node-2");
        assertThat(migrations.all())
                .hasSize(2)
                .allMatch(Migrations.Seen::ours)
                .extracting(Migrations.Seen::phase)
                .containsOnly("Succeeded");
        assertThat(shown.plans())
                .isNotEmpty()
                .extracting(plan -> plan.getSpec().reason())
                .containsOnly(MoveReason.MAKE_ROOM);
        assertThat(eyes.breaches()).as("at %d instants", eyes.instants()).isEmpty();
    }
}
