package dev.drover.testbed.player;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.testbed.player.Transfer.Verdict;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A guest of 2 GiB with KubeVirt's 150 s for each GiB, which changes its memory faster than the link carries it. */
class TransferTest {

    private static final double GUEST = 2.0 * (1 << 30);
    private static final double SPEED = 1e8;

    @ParameterizedTest(name = "post-copy {0}, disruption {1}: {2} after 300 s")
    @CsvSource({"false, false, ABORT", "false, true, PAUSE_GUEST", "true, true, POST_COPY", "true, false, ABORT"})
    void what_follows_when_the_acceptable_time_is_over(boolean postCopy, boolean disruption, Verdict verdict) {
        var transfer = restless(Map.of("allowPostCopy", postCopy, "allowWorkloadDisruption", disruption));

        transfer.advance(299, 299, SPEED);
        assertThat(transfer.verdict(299)).isEqualTo(Verdict.GOES_ON);
        transfer.advance(300, 1, SPEED);
        assertThat(transfer.verdict(300)).isEqualTo(verdict);
    }

    @Test
    void a_paused_guest_arrives_within_the_second_half_of_its_time() {
        var transfer = restless(Map.of("allowWorkloadDisruption", true));
        transfer.advance(300, 300, SPEED);

        transfer.pauseGuest();
        assertThat(transfer.verdict(300)).isEqualTo(Verdict.GOES_ON);
        transfer.advance(350, 50, SPEED);

        assertThat(transfer.verdict(350)).isEqualTo(Verdict.ARRIVED);
    }

    @Test
    void a_paused_guest_that_still_does_not_arrive_is_aborted() {
        var transfer = restless(Map.of("allowWorkloadDisruption", true));
        transfer.advance(300, 300, SPEED);
        transfer.pauseGuest();

        transfer.advance(600, 300, 1);

        assertThat(transfer.verdict(600)).isEqualTo(Verdict.ABORT);
    }

    @Test
    void auto_converge_slows_the_guest_until_it_arrives() {
        var transfer = restless(Map.of("allowAutoConverge", true));

        for (var second = 1; second < 300; second++) {
            transfer.advance(second, 1, SPEED);
        }

        assertThat(transfer.verdict(299)).isEqualTo(Verdict.ARRIVED);
    }

    @Test
    void without_progress_it_is_aborted_after_the_progress_timeout() {
        var transfer = restless(Map.of());
        transfer.advance(10, 10, SPEED);

        transfer.advance(159, 149, 0);
        assertThat(transfer.verdict(159)).isEqualTo(Verdict.GOES_ON);
        assertThat(transfer.secondsToGo(159, 0)).isEqualTo(1);
        transfer.advance(160, 1, 0);
        assertThat(transfer.verdict(160)).isEqualTo(Verdict.ABORT);
    }

    @Test
    void a_held_transfer_hangs_for_good() {
        var transfer = restless(Map.of());
        transfer.held = true;

        transfer.advance(1e6, 1e6, 0);

        assertThat(transfer.verdict(1e6)).isEqualTo(Verdict.GOES_ON);
    }

    private static Transfer restless(Map<String, Object> settings) {
        return new Transfer(
                new MigrationState(Map.of("migrationConfiguration", settings)),
                new Transfer.Load(GUEST, 2 * SPEED, GUEST),
                0);
    }
}
