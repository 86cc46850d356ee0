package dev.drover.observe;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.drover.config.Settings;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Compares one cache with the API server from time to time: a watch can stop without a word (cut connection, lost bookmark, dead
 * thread), and the cache then looks as well as ever. A cache that stays behind is watched anew.
 *
 * <p>Used by one thread; {@link #problem} and {@link #provenAt} may be read by others.
 */
final class FreshnessProbe {

    private static final Logger LOG = LoggerFactory.getLogger(FreshnessProbe.class);

    /** A cache that is not trusted is looked at again after this: nothing is moved until it is. */
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(2);

    private final Kept cache;
    private final Question question;
    private final Settings settings;
    private @Nullable Answer open;
    private boolean repeated;
    private Instant askedAt = Instant.EPOCH;
    private Instant restartedAt = Instant.EPOCH;
    private volatile @Nullable String problem;
    private volatile @Nullable Instant provenAt;

    FreshnessProbe(Kept cache, Question question, Settings settings) {
        this.cache = cache;
        this.question = question;
        this.settings = settings;
    }

    /** A cache, as far as its freshness is concerned. */
    interface Kept {
        String plural();

        boolean started();

        boolean synced();

        /** A watch is open, as far as this side can tell. */
        boolean watching();

        /** Watches anew. */
        void start();
    }

    /** Asks the API server what it holds. */
    interface Question {
        Answer ask() throws JsonProcessingException;
    }

    /** What the API server held when it was asked. */
    interface Answer {
        /** Why the cache is behind that; null when it is not, or not any more. */
        @Nullable
        String behind();
    }

    /** Why the cache is not trusted; null when the last comparison was well. */
    @Nullable
    String problem() {
        return problem;
    }

    /** When the cache was last known to be in step; null when it never was. */
    @Nullable
    Instant provenAt() {
        return provenAt;
    }

    /** When the API server was last asked. */
    Instant askedAt() {
        return askedAt;
    }

    Kept cache() {
        return cache;
    }

    /**
     * Does what is due. To be called about once a second.
     *
     * @param mayAsk whether the API server may be asked now
     * @return whether it was asked
     */
    boolean step(Instant now, boolean mayAsk) {
        if (provenAt == null && problem == null && cache.synced()) {
            provenAt = now; // the list that filled the cache
            askedAt = now;
        }
        boolean asks = open == null && mayAsk && isDue(now);
        if (asks) {
            ask(now);
        }
        settle(now);
        return asks;
    }

    private boolean isDue(Instant now) {
        Duration pause = problem == null ? settings.freshnessInterval() : LOOK_AGAIN;
        return !askedAt.isAfter(now.minus(pause));
    }

    private void ask(Instant now) {
        askedAt = now;
        try {
            open = question.ask();
        } catch (KubernetesClientException | JsonProcessingException failed) {
            problem = "The API server does not list %s (%s). See whether it runs, and whether Drover may list them."
                    .formatted(cache.plural(), failed.getMessage());
        }
    }

    private void settle(Instant now) {
        if (open == null) {
            return;
        }
        String behind = open.behind();
        if (behind == null) {
            provenAt = askedAt;
            problem = null;
            open = null;
            repeated = false;
        } else if (!now.isBefore(askedAt.plus(patience()))) {
            missed(behind, now);
        }
    }

    /** A watch that is down when the API server answers again would take its time to come back by itself. */
    private Duration patience() {
        return problem == null || cache.watching() ? settings.freshnessGrace() : LOOK_AGAIN;
    }

    /**
     * One more comparison tells a cache that is behind from one whose objects come and go quickly. One that is not trusted anyway is
     * watched anew at once.
     */
    private void missed(String behind, Instant now) {
        open = null;
        if (!repeated && problem == null) {
            repeated = true;
            ask(now);
            return;
        }
        repeated = false;
        problem = behind + " It is watched anew.";
        if (restartedAt.isBefore(now.minus(settings.freshnessGrace().multipliedBy(3)))) {
            LOG.warn("{}", problem);
            restartedAt = now;
            cache.start();
        }
    }
}
