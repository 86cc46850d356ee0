package dev.drover.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.plan.CircuitBreaker.Result;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CircuitBreakerTest {
    private static final Instant START = Instant.parse("2026-01-01T12:00:00Z");

    /** In order of time, F failed, s succeeded. */
    @ParameterizedTest(name = "{0} -> open {1}")
    @CsvSource({
        "'', false",
        "FFF, false",
        "FFFF, true",
        "FFFFssss, false",
        "sFsFsFsFF, true",
        "FFFFFssssssssss, false",
        "ssssssssssFFFF, false",
        "ssssssssssFFFFFF, true"
    })
    void opensWhenMostOfTheLastTenFailed(String story, boolean open) {
        assertThat(CircuitBreaker.DEFAULT.open(results(story), Instant.EPOCH)).isEqualTo(open);
    }

    @Test
    void whatWasBeforeAResetDoesNotCount() {
        List<Result> results = results("FFFFFF");

        assertThat(CircuitBreaker.DEFAULT.open(results, START.plusSeconds(2))).isFalse();
        assertThat(CircuitBreaker.DEFAULT.open(results, START.plusSeconds(1))).isTrue();
    }

    private static List<Result> results(String story) {
        List<Result> results = new ArrayList<>();
        for (int i = 0; i < story.length(); i++) {
            results.add(new Result(START.plusSeconds(i), story.charAt(i) == 'F'));
        }
        return results;
    }
}
