package dev.drover.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.plan.History.Author;
import dev.drover.plan.History.End;
import dev.drover.plan.History.Entry;
import dev.drover.plan.History.Pauses;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class HistoryTest {
    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
    private static final Pauses PAUSES = new Pauses(Duration.ofSeconds(900), Duration.ofSeconds(60));

    @Test
    void aMoveThatSucceededCoolsDownOnceAndEndsTheQuarantineOfItsTarget() {
        History history = History.EMPTY
                .record(entry("m1", "n2", NOON, End.FAILED), PAUSES)
                .record(entry("m2", "n2", NOON.plusSeconds(100), End.SUCCEEDED), PAUSES);

        assertThat(history.quarantines()).isEmpty();
        assertThat(history.failures()).isZero();
        assertThat(history.movesLastDay(NOON.plusSeconds(200))).isEqualTo(1);
    }

    @Test
    void failuresDoubleTheCooldownAndTheQuarantineOfTheNode() {
        History once = History.EMPTY.record(entry("m1", "n2", NOON, End.FAILED), PAUSES);
        History twice = once.record(entry("m2", "n2", NOON.plusSeconds(3600), End.TIMED_OUT), PAUSES);

        assertThat(once.cooldownUntil()).isEqualTo(NOON.plusSeconds(1800));
        assertThat(once.quarantinedNodes(NOON.plusSeconds(59))).containsExactly("n2");
        assertThat(once.quarantinedNodes(NOON.plusSeconds(60))).isEmpty();
        assertThat(twice.cooldownUntil()).isEqualTo(NOON.plusSeconds(3600 + 3600));
        assertThat(twice.quarantinedNodes(NOON.plusSeconds(3600 + 119))).containsExactly("n2");
        assertThat(twice.quarantinedNodes(NOON.plusSeconds(3600 + 120))).isEmpty();
    }

    @Test
    void aMigrationThatSomebodyCancelledRestsForAnHourAtLeast() {
        History history = History.EMPTY.record(entry("m1", "n2", NOON, End.CANCELLED), PAUSES);

        assertThat(history.cooling(NOON.plusSeconds(3599))).isTrue();
        assertThat(history.cooling(NOON.plusSeconds(3600))).isFalse();
        assertThat(history.quarantines()).isEmpty();
    }

    @Test
    void anOutcomeIsEnteredOnceAndOnlyTheLastTenAreKept() {
        History history = History.EMPTY;
        for (int i = 0; i < 12; i++) {
            history = history.record(entry("m" + i, "n2", NOON.plusSeconds(i), End.SUCCEEDED), PAUSES);
            history = history.record(entry("m" + i, "n2", NOON.plusSeconds(i), End.SUCCEEDED), PAUSES);
        }

        assertThat(history.entries()).hasSize(History.KEPT);
        assertThat(history.entries().getFirst().migration()).isEqualTo("m2");
    }

    @Test
    void movesOfYesterdayDoNotCountForTheDay() {
        History history = History.EMPTY
                .record(entry("m1", "n2", NOON.minus(Duration.ofHours(25)), End.SUCCEEDED), PAUSES)
                .record(entry("m2", "n3", NOON.minus(Duration.ofHours(23)), End.SUCCEEDED), PAUSES)
                .record(entry("m3", "n4", NOON.minus(Duration.ofHours(1)), End.FAILED), PAUSES);

        assertThat(history.movesLastDay(NOON)).isEqualTo(1);
    }

    private static Entry entry(String migration, String to, Instant ended, End end) {
        return new Entry(migration, "n1", to, ended, Duration.ofSeconds(5), end, Author.DROVER, null, "");
    }
}
