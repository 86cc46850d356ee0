package dev.drover.status;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.drover.api.v1alpha1.Condition;
import dev.drover.api.v1alpha1.ConditionStatus;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConditionsTest {
    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00.123456Z");
    private static final Instant NOON_IN_SECONDS = Instant.parse("2026-01-01T12:00:00Z");
    private static final Instant LATER = NOON_IN_SECONDS.plusSeconds(60);

    @Test
    void aConditionSaysWhatWasDecidedForWhichGeneration() {
        List<Condition> conditions = new Conditions(List.of(), 7, NOON)
                .set(ConditionType.CIRCUIT_OPEN, true, GateReason.CIRCUIT_OPEN, "4 of the last 5 migrations failed.")
                .toList();

        assertThat(conditions)
                .containsExactly(new Condition(
                        "CircuitOpen",
                        ConditionStatus.TRUE,
                        7L,
                        NOON_IN_SECONDS,
                        "CircuitOpen",
                        "4 of the last 5 migrations failed."));
    }

    @Test
    void theTransitionTimeStaysWhileTheStatusStaysEvenIfTheReasonChanges() {
        List<Condition> before = new Conditions(List.of(), 1, NOON)
                .set(ConditionType.READY, false, GateReason.STALE_CACHE, "old")
                .toList();

        Condition after = new Conditions(before, 2, LATER)
                .set(ConditionType.READY, false, GateReason.KUBE_VIRT_ABSENT, "new")
                .toList()
                .getFirst();

        assertThat(after.lastTransitionTime()).isEqualTo(NOON_IN_SECONDS);
        assertThat(after.reason()).isEqualTo("KubeVirtAbsent");
        assertThat(after.message()).isEqualTo("new");
        assertThat(after.observedGeneration()).isEqualTo(2);
    }

    @Test
    void theTransitionTimeMovesWhenTheStatusChanges() {
        List<Condition> before = new Conditions(List.of(), 1, NOON)
                .set(ConditionType.READY, true, ObjectReason.RECONCILED, "")
                .toList();

        assertThat(new Conditions(before, 1, LATER)
                        .unknown(ConditionType.READY, GateReason.STALE_CACHE, "timeout")
                        .toList())
                .extracting(Condition::status, Condition::lastTransitionTime)
                .containsExactly(tuple(ConditionStatus.UNKNOWN, LATER));
    }

    @Test
    void theSameAgainIsEqualSoThatNothingNeedsToBeWritten() {
        List<Condition> before = new Conditions(List.of(), 1, NOON)
                .set(ConditionType.FRESH, true, GateReason.UP_TO_DATE, "")
                .set(ConditionType.READY, true, ObjectReason.RECONCILED, "")
                .toList();

        assertThat(new Conditions(before, 1, LATER)
                        .set(ConditionType.READY, true, ObjectReason.RECONCILED, "")
                        .set(ConditionType.FRESH, true, GateReason.UP_TO_DATE, "")
                        .toList())
                .isEqualTo(before);
    }

    @Test
    void whatIsNotSetAgainIsDroppedAndWhatIsSetTwiceCountsOnce() {
        List<Condition> before = new Conditions(List.of(), 1, NOON)
                .set(ConditionType.STALLED, true, PlanReason.STALLED, "")
                .toList();

        assertThat(new Conditions(before, 1, LATER)
                        .set(ConditionType.READY, false, GateReason.PAUSED, "")
                        .set(ConditionType.READY, true, ObjectReason.RECONCILED, "")
                        .toList())
                .extracting(Condition::type, Condition::reason)
                .containsExactly(tuple("Ready", "Reconciled"));
    }

    @Test
    void aLongMessageIsCutToWhatTheSchemaAllows() {
        Condition condition = new Conditions(List.of(), 1, NOON)
                .set(ConditionType.READY, false, ObjectReason.INVALID, "x".repeat(5000))
                .toList()
                .getFirst();

        assertThat(condition.message()).hasSize(1024).endsWith("...");
    }
}
