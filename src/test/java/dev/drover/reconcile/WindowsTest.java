package dev.drover.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.api.v1alpha1.ActionWindow;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** 2026-01-05 is a Monday. In Berlin clocks go forward on 2026-03-29 at 02:00 and back on 2026-10-25 at 03:00. */
class WindowsTest {

    @ParameterizedTest(name = "{0} for {1} s in {2} at {3}: {4} ({5})")
    @CsvSource({
        "0 22 * * *, 3600, UTC, 2026-01-05T22:00:00Z, true, it opens on the second",
        "0 22 * * *, 3600, UTC, 2026-01-05T21:59:59Z, false, the second before",
        "0 22 * * *, 3600, UTC, 2026-01-05T22:59:59Z, true, its last second",
        "0 22 * * *, 3600, UTC, 2026-01-05T23:00:00Z, false, it closes on the second",
        "0 22 * * *, 14400, UTC, 2026-01-06T01:30:00Z, true, it lasts beyond midnight",
        "0 22 * * 1-5, 3600, UTC, 2026-01-09T22:30:00Z, true, on Friday",
        "0 22 * * 1-5, 3600, UTC, 2026-01-10T22:30:00Z, false, not on Saturday",
        "0 22 * * 7, 3600, UTC, 2026-01-11T22:30:00Z, true, 7 is Sunday",
        "0 22 * * 0, 3600, UTC, 2026-01-11T22:30:00Z, true, 0 is Sunday as well",
        "0 3 1 * *, 3600, UTC, 2026-02-01T03:30:00Z, true, on the first of a month",
        "0 3 1 * *, 3600, UTC, 2026-02-02T03:30:00Z, false, and on no other day",
        "*/15 * * * *, 300, UTC, 2026-01-05T10:47:00Z, true, every quarter of an hour",
        "*/15 * * * *, 300, UTC, 2026-01-05T10:52:00Z, false, for five minutes",
        "0 22 * * *, 3600, Europe/Berlin, 2026-01-05T21:30:00Z, true, ten in Berlin is nine in UTC in winter",
        "0 22 * * *, 3600, Europe/Berlin, 2026-07-06T20:30:00Z, true, and eight in summer",
        "0 22 * * *, 3600, Europe/Berlin, 2026-07-06T21:30:00Z, false, and no longer nine",
        "0 1 * * *, 7200, Europe/Berlin, 2026-03-29T01:30:00Z, true, two hours are two hours when clocks go forward",
        "0 1 * * *, 7200, Europe/Berlin, 2026-03-29T02:00:00Z, false, and not three",
        "0 1 * * *, 10800, Europe/Berlin, 2026-10-25T01:30:00Z, true, three hours are three hours when clocks go back",
        "0 1 * * *, 10800, Europe/Berlin, 2026-10-25T02:00:00Z, false, and not four",
    })
    void a_window_is_open_or_not(String schedule, int seconds, String zone, Instant now, boolean open, String because) {
        assertThat(Windows.open(List.of(new ActionWindow(schedule, seconds, zone)), now))
                .as(because)
                .isEqualTo(open);
    }

    @Test
    void without_windows_it_is_always_open() {
        assertThat(Windows.open(List.of(), Instant.EPOCH)).isTrue();
    }

    @Test
    void one_open_window_is_enough() {
        ActionWindow closed = new ActionWindow("0 3 * * *", 60, "UTC");
        ActionWindow open = new ActionWindow("0 22 * * *", 3600, "UTC");

        assertThat(Windows.open(List.of(closed, open), Instant.parse("2026-01-05T22:30:00Z")))
                .isTrue();
    }

    @ParameterizedTest(name = "{0} in {1}")
    @CsvSource({
        "'0 22 * *', UTC",
        "'', UTC",
        "'99 22 * * *', UTC",
        "'0 22 31 2 *', UTC",
        "'* * * * *', Europe/Atlantis",
        "'* * * * *', +99:00"
    })
    void a_window_that_cannot_be_read_or_never_opens_is_closed(String schedule, String zone) {
        assertThat(Windows.open(
                        List.of(new ActionWindow(schedule, 86_400, zone)), Instant.parse("2026-01-05T22:30:00Z")))
                .isFalse();
    }
}
