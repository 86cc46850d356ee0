package dev.drover.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.api.v1alpha1.MoveReason;
import dev.drover.testbed.OnTestbed;
import dev.drover.testbed.Testbed;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Forty virtual machines that are created at once start on six nodes as rules of every kind demand. */
@OnTestbed
class PlacementIT {

    private final Testbed testbed;
    private final Shown shown;
    private Stage stage;

    PlacementIT(Testbed testbed) {
        this.testbed = testbed;
        this.shown = new Shown(testbed);
    }

    @BeforeEach
    void sixNodesInTwoZones() {
        stage = Forty.stage(testbed);
    }

    @AfterEach
    void end() throws Exception {
        stage.close();
    }

    @Test
    void atTheGateAllObeyEveryKind() {
        stage.keep(OperatorProcess.on(testbed).gathering().start());

        Forty.obeyAtTheGate(testbed, stage);
    }

    /** The owners' preferences make sure that there is something to repair. */
    @Test
    void underAdviceTheSchedulerHoldsItsKindsAndTheLoopRepairsTheOthers() {
        stage.operator();
        Eyes eyes = stage.eyes();
        Migrations migrations = stage.migrations();
        testbed.apply(Yaml.policy("Off", "Advise", "aggressiveness: 1"));
        Forty.rules(testbed, eyes);
        shown.awaitCondition("PlacementPolicy", "default", "Ready", "True");

        // Under Advise nobody waits for others: this one has to be there before all nodes have somebody.
        Forty.WILFUL.getFirst().run(testbed);
        Vms.create(testbed, Forty.WILFUL.subList(1, Forty.WILFUL.size()));
        Vms.awaitRunning(testbed, Forty.WILFUL);
        assertThat(Forty.names()).allSatisfy(rule -> assertThat(shown.status(Forty.kind(rule), rule, "enforcedBy"))
                .isEqualTo(Forty.HELD_BY_SCHEDULER.contains(rule) ? "Scheduler" : "Drover"));
        assertThat(Forty.of(Forty.HELD_IN_ANY_ORDER, eyes.breaches()))
                .as("at %d instants; now %s", eyes.instants(), eyes.placement())
                .isEmpty();
        assertThat(Forty.of(Forty.HELD_BY_SCHEDULER, eyes.broken()))
                .as(eyes.placement())
                .isEmpty();
        assertThat(Forty.HELD_BY_DROVER).as(eyes.placement()).allSatisfy(rule -> assertThat(
                        Forty.of(Set.of(rule), eyes.broken()))
                .isNotEmpty());

        eyes.forget();
        testbed.apply(Yaml.policy("Automatic", "Advise", "aggressiveness: 1"));
        Awaiting.until("Every rule holds", eyes::broken, List::isEmpty);
        shown.awaitCondition("PlacementPolicy", "default", "Balanced", "True");

        assertThat(shown.plans()).as("cycles that acted").hasSizeBetween(1, 3);
        assertThat(shown.plans())
                .extracting(plan -> plan.getSpec().reason())
                .containsOnly(MoveReason.CONSTRAINT_REPAIR);
        assertThat(migrations.all())
                .isNotEmpty()
                .allMatch(Migrations.Seen::ours)
                .extracting(Migrations.Seen::phase)
                .containsOnly("Succeeded");
        assertThat(Forty.of(Forty.HELD_BY_SCHEDULER, eyes.breaches()))
                .as("at %d instants of the repair", eyes.instants())
                .isEmpty();
    }
}
