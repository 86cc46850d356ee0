package dev.drover.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.testbed.OnTestbed;
import dev.drover.testbed.Testbed;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A node dies, and an operator of medik8s restarts it: what was on it is started elsewhere when that is completed, and not before. */
@OnTestbed
@Tag("full")
class RemediationIT {
    private static final String KIND = "ApplicationService";
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final Duration A_WHILE = Duration.ofSeconds(15);
    private static final InstantSource CLOCK = InstantSource.system();

    private final Testbed testbed;
    private final Shown shown;
    private Stage stage;

    RemediationIT(Testbed testbed) {
        this.testbed = testbed;
        this.shown = new Shown(testbed);
    }

    /** The operator is there first: it finds the kinds when they are installed. */
    @BeforeEach
    void aServiceOnFourNodes() {
        stage = Stage.withNodes(testbed, 4);
        stage.operator();
        testbed.apply(Services.service("shop", "", Services.application("db", 1, "recovery: {restartedBy: Drover}")));
        shown.awaitCondition(KIND, "shop", "Ready", "True AllReady");
    }

    @AfterEach
    void end() throws Exception {
        stage.close();
    }

    @ParameterizedTest
    @CsvSource({
        "SelfNodeRemediation, Processing=True Succeeded=Unknown, Processing=False Succeeded=True",
        "FenceAgentsRemediation, Processing=True FenceAgentActionSucceeded=True Succeeded=Unknown, Processing=False FenceAgentActionSucceeded=True Succeeded=True"
    })
    void whatWasOnTheNodeIsStartedWhenItsRemediationIsCompleted(String kind, String begun, String completed) {
        Remediations remediations = stage.keep(Remediations.serve(testbed));
        String node = Vms.running(testbed).get("db-0");
        testbed.killNode(node);
        shown.awaitCondition(KIND, "shop", "Recovering", "True DeathNotProven");
        if (kind.equals("SelfNodeRemediation")) {
            remediations.selfNode(node);
        } else {
            remediations.fenceAgents(node);
        }
        remediations.tell(kind, node, now(), begun.split(" "));
        podsAreDeletedByForce();
        Awaiting.until("Nothing of it is left", PATIENCE, () -> Vms.running(testbed), Map::isEmpty);
        Awaiting.always("Nothing is started before it is completed", A_WHILE, () -> Vms.running(testbed), Map::isEmpty);
        assertThat(shown.condition(KIND, "shop", "Recovering")).startsWith("True DeathNotProven");

        remediations.tell(kind, node, now(), completed.split(" "));
        Awaiting.until(
                "It is ready elsewhere",
                PATIENCE,
                () -> shown.condition(KIND, "shop", "Ready"),
                said -> said.startsWith("True AllReady"));
        assertThat(Vms.running(testbed)).containsOnlyKeys("db-0").doesNotContainValue(node);
    }

    /** As a remediation does with the strategy ResourceDeletion. */
    private void podsAreDeletedByForce() {
        testbed.client()
                .pods()
                .inNamespace("default")
                .withLabel("drover.dev/application", "db")
                .withGracePeriod(0)
                .delete();
    }

    private static Instant now() {
        return CLOCK.instant().truncatedTo(ChronoUnit.SECONDS);
    }
}
