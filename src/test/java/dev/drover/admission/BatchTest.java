package dev.drover.admission;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Quiet for 150 ms, or 1 s after the first: then those who wait are decided together. */
class BatchTest {
    private final Batch batch = new Batch(AdmissionSettings.DEFAULT);

    private boolean completeAt(long millis, String... pods) {
        List<GatedPod> waiting = Stream.of(pods)
                .map(pod -> GatedPod.of(GatedPodTest.pod(pod), Duration.ofSeconds(10)))
                .toList();
        return batch.complete(waiting, World.NOW.plusMillis(millis));
    }

    @Test
    void nobody_waits() {
        assertThat(completeAt(0)).isFalse();
        assertThat(completeAt(5_000)).isFalse();
    }

    @Test
    void a_single_one_waits_for_company_and_then_goes_alone() {
        assertThat(completeAt(0, "a")).isFalse();
        assertThat(completeAt(149, "a")).isFalse();
        assertThat(completeAt(150, "a")).isTrue();
    }

    @Test
    void each_newcomer_begins_the_quiet_time_again() {
        assertThat(completeAt(0, "a")).isFalse();
        assertThat(completeAt(100, "a", "b")).isFalse();
        assertThat(completeAt(200, "a", "b")).isFalse();
        assertThat(completeAt(250, "a", "b")).isTrue();
    }

    @Test
    void a_stream_of_newcomers_does_not_hold_the_first_for_ever() {
        assertThat(completeAt(0, "a")).isFalse();
        for (int step = 1; step < 10; step++) {
            assertThat(completeAt(step * 100L, "a", "b" + step)).isFalse();
        }
        assertThat(completeAt(1_000, "a", "b10")).isTrue();
    }

    @Test
    void who_has_left_is_forgotten() {
        assertThat(completeAt(0, "a")).isFalse();
        assertThat(completeAt(50)).isFalse();
        assertThat(completeAt(1_500, "b")).isFalse();
        assertThat(completeAt(1_650, "b")).isTrue();
    }

    @Test
    void who_found_no_place_keeps_waiting_without_further_delay() {
        assertThat(completeAt(0, "a")).isFalse();
        assertThat(completeAt(150, "a")).isTrue();
        assertThat(completeAt(200, "a")).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"200, 1000", "1000, 5000", "3000, 5000"})
    void who_is_gathered_for_longer_may_wait_longer_but_not_beyond_half_of_the_deadline(long quiet, long limit) {
        AdmissionSettings patient = AdmissionSettings.DEFAULT.gathering(Duration.ofMillis(quiet));
        assertThat(patient.batchQuiet()).hasMillis(quiet);
        assertThat(patient.batchLimit()).hasMillis(limit);
        assertThat(patient.gateDeadline()).hasSeconds(10);
    }
}
