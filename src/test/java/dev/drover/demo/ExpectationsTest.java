package dev.drover.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;

class ExpectationsTest {

    private final Expectations expectations = new Expectations(BalanceExpectation.values());

    @Test
    void all_held_only_when_each_was_reached_and_held() {
        for (Expectation expectation : BalanceExpectation.values()) {
            assertThat(expectations.allHeld()).as("before " + expectation).isFalse();
            expectations.record(expectation, true, "seen");
        }
        assertThat(expectations.allHeld()).isTrue();

        expectations.record(BalanceExpectation.BETTER, false, "50 and 40");

        assertThat(expectations.allHeld()).isFalse();
    }

    @Test
    void the_list_tells_what_held_what_did_not_and_what_was_not_reached() {
        expectations.record(BalanceExpectation.ALL_RUN, true, "15 of 15");
        expectations.record(BalanceExpectation.BETTER, false, "50 and 40");
        ByteArrayOutputStream told = new ByteArrayOutputStream();

        expectations.tell(new Narrator(new PrintStream(told), InstantSource.fixed(Instant.EPOCH), false));

        assertThat(told.toString().lines())
                .contains(
                        "  ok      every virtual machine runs: 15 of 15",
                        "  FAILED  the score is higher afterwards: 50 and 40",
                        "  FAILED  the rules held at every instant: not reached");
    }
}
