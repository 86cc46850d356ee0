package dev.drover.observe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.config.Settings;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Seconds count from the list that filled the cache. With the settings as shipped a cache is compared each minute, with 10 s of grace. */
class FreshnessProbeTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private final Cache cache = new Cache();
    private final FreshnessProbe probe = new FreshnessProbe(cache, this::ask, Settings.DEFAULT);
    private boolean answers = true;
    private boolean behind;
    private int asked;
    private int second;

    private static final class Cache implements FreshnessProbe.Kept {
        boolean watching = true;
        int starts;

        @Override
        public String plural() {
            return "pods";
        }

        @Override
        public boolean started() {
            return true;
        }

        @Override
        public boolean synced() {
            return true;
        }

        @Override
        public boolean watching() {
            return watching;
        }

        @Override
        public void start() {
            starts++;
        }
    }

    private FreshnessProbe.Answer ask() {
        asked++;
        if (!answers) {
            throw new KubernetesClientException("timed out");
        }
        return () -> behind ? "It is behind." : null;
    }

    @Test
    void one_question_without_an_answer_costs_trust_for_two_seconds() {
        answers = false;
        passUntil(60);
        assertThat(probe.problem()).contains("does not list pods (timed out)");

        answers = true;
        passUntil(61);
        assertThat(probe.problem()).isNotNull();
        passUntil(62);

        assertThat(probe.problem()).isNull();
        assertThat(probe.provenAt()).isEqualTo(START.plusSeconds(62));
        assertThat(cache.starts).isZero();
    }

    @Test
    void an_api_server_that_is_out_of_reach_is_asked_every_two_seconds() {
        answers = false;

        passUntil(120);

        assertThat(asked).isEqualTo(31);
        assertThat(probe.problem()).isNotNull();
    }

    @Test
    void a_watch_that_is_down_when_the_api_server_answers_again_is_not_waited_for() {
        answers = false;
        passUntil(60);

        answers = true;
        behind = true;
        cache.watching = false;
        passUntil(64);
        assertThat(cache.starts).isOne();
        behind = false;
        passUntil(66);

        assertThat(probe.problem()).isNull();
    }

    @Test
    void an_open_watch_has_its_grace_after_an_outage_too() {
        answers = false;
        passUntil(60);
        answers = true;
        behind = true;

        passUntil(71);
        assertThat(cache.starts).isZero();
        passUntil(72);

        assertThat(cache.starts).isOne();
    }

    @Test
    void a_cache_that_is_behind_once_is_compared_again_before_it_is_watched_anew() {
        behind = true;

        passUntil(79);
        assertThat(probe.problem()).isNull();
        assertThat(cache.starts).isZero();
        passUntil(80);

        assertThat(probe.problem()).isEqualTo("It is behind. It is watched anew.");
        assertThat(cache.starts).isOne();
    }

    @Test
    void a_cache_that_stays_behind_is_not_watched_anew_all_the_time() {
        behind = true;

        passUntil(80 + 60);

        assertThat(cache.starts).isBetween(2, 3);
    }

    private void passUntil(int end) {
        for (; second <= end; second++) {
            probe.step(START.plus(Duration.ofSeconds(second)), true);
        }
    }
}
