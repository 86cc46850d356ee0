package dev.drover.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drover.model.Migration;
import dev.drover.model.Migration.Phase;
import dev.drover.placement.World;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class PhaseDeadlineTest {
    private static final Policy.Deadlines DEADLINES = new Policy.Deadlines(
            Duration.ofSeconds(10), Duration.ofSeconds(20), Duration.ofSeconds(30), Duration.ofSeconds(40));

    @ParameterizedTest(name = "{0} for {1} s: {2} s over")
    @CsvSource({
        "UNSET, 9, -1",
        "PENDING, 10, 0",
        "UNKNOWN, 15, 5",
        "SCHEDULING, 19, -1",
        "SCHEDULING, 21, 1",
        "SCHEDULED, 30, 0",
        "PREPARING_TARGET, 29, -1",
        "TARGET_READY, 100, 70",
        "RUNNING, 40, 0",
    })
    void each_phase_has_its_own_deadline(Phase phase, long seconds, long over) {
        assertThat(PhaseDeadline.secondsOver(in(phase), DEADLINES, World.NOW.plusSeconds(seconds)))
                .isEqualTo(over);
    }

    static Stream<Phase> inFlight() {
        return Stream.of(Phase.values()).filter(phase -> in(phase).inFlight());
    }

    @ParameterizedTest
    @MethodSource("inFlight")
    void no_phase_in_flight_lasts_for_ever(Phase phase) {
        assertThat(PhaseDeadline.secondsOver(in(phase), DEADLINES, World.NOW.plus(Duration.ofDays(1))))
                .isPositive();
    }

    @ParameterizedTest
    @EnumSource(names = {"SUCCEEDED", "FAILED"})
    void what_has_ended_has_no_deadline(Phase phase) {
        assertThatThrownBy(() -> PhaseDeadline.secondsOver(in(phase), DEADLINES, World.NOW))
                .hasMessage("The migration (web-1) has ended. Ask only for those in flight.");
    }

    private static Migration in(Phase phase) {
        return World.ours("web-1", phase, null);
    }
}
