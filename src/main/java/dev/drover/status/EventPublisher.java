package dev.drover.status;

import io.fabric8.kubernetes.api.model.MicroTime;
import io.fabric8.kubernetes.api.model.ObjectReferenceBuilder;
import io.fabric8.kubernetes.api.model.events.v1.Event;
import io.fabric8.kubernetes.api.model.events.v1.EventBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.jboss.logging.Logger;

/**
 * Writes events of {@code events.k8s.io/v1}. The same event again within ten minutes becomes a series of the first one, which is
 * written at its 2nd, 4th, 8th ... occurrence: a fault that is met in each cycle must not cost a write in each cycle. Safe for threads.
 */
public final class EventPublisher implements Events {
    private static final Logger LOG = Logger.getLogger(EventPublisher.class);
    private static final String CONTROLLER = "drover.dev/operator";
    private static final Duration SERIES_ENDS_AFTER = Duration.ofMinutes(10);
    private static final int LONGEST_NOTE = 1024;
    private static final int LONGEST_NAME = 253;
    private static final int REMEMBERED = 1000;
    private static final DateTimeFormatter MICROS =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);

    private record Key(Subject subject, Reason reason, String action, String note) {}

    private record Series(String name, int count, Instant lastSeen) {
        Series next(Instant now) {
            return new Series(name, count + 1, now);
        }

        boolean endedBefore(Instant now) {
            return lastSeen.plus(SERIES_ENDS_AFTER).isBefore(now);
        }

        boolean worthWriting() {
            return Integer.bitCount(count) == 1;
        }
    }

    private final KubernetesClient client;
    private final String instance;
    private final InstantSource clock;
    private final Executor writer;
    private final Map<Key, Series> recent = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, Series> eldest) {
            return size() > REMEMBERED;
        }
    };

    /**
     * @param instance which replica speaks, for example the pod's name; not empty
     * @param writer where the API server is called: one thread with a bounded queue that rejects when it is full
     */
    public EventPublisher(KubernetesClient client, String instance, InstantSource clock, Executor writer) {
        this.client = client;
        this.instance = instance;
        this.clock = clock;
        this.writer = writer;
    }

    @Override
    public void publish(Subject subject, Reason reason, String action, String note) {
        Key key = new Key(subject, reason, action, shortened(note));
        Instant now = clock.instant();
        Series series = occurred(key, now);
        if (series.count() == 1) {
            write(key, () -> client.events()
                    .v1()
                    .events()
                    .resource(event(key, series))
                    .create());
        } else if (series.worthWriting()) {
            // As an object: a patch as text would be preceded by a read, which is a right of its own.
            write(key, () -> client.events()
                    .v1()
                    .events()
                    .resource(repeated(key, series))
                    .patch(PatchContext.of(PatchType.JSON_MERGE)));
        }
    }

    private synchronized Series occurred(Key key, Instant now) {
        Series series = recent.get(key);
        Series next = series == null || series.endedBefore(now) ? first(key, now) : series.next(now);
        recent.put(key, next);
        return next;
    }

    private static Series first(Key key, Instant now) {
        String suffix = ".%x%08x".formatted(now.getEpochSecond() * 1_000_000 + now.getNano() / 1_000, key.hashCode());
        String name = key.subject().name();
        return new Series(name.substring(0, Math.min(name.length(), LONGEST_NAME - suffix.length())) + suffix, 1, now);
    }

    private Event event(Key key, Series series) {
        Subject subject = key.subject();
        return new EventBuilder()
                .withNewMetadata()
                .withName(series.name())
                .withNamespace(namespace(subject))
                .endMetadata()
                .withEventTime(new MicroTime(MICROS.format(series.lastSeen())))
                .withReportingController(CONTROLLER)
                .withReportingInstance(instance)
                .withAction(key.action())
                .withReason(key.reason().value())
                .withType(key.reason().severity().value())
                .withNote(key.note())
                .withRegarding(new ObjectReferenceBuilder()
                        .withApiVersion(subject.apiVersion())
                        .withKind(subject.kind())
                        .withNamespace(subject.namespace().isEmpty() ? null : subject.namespace())
                        .withName(subject.name())
                        .withUid(subject.uid())
                        .build())
                .build();
    }

    private static Event repeated(Key key, Series series) {
        return new EventBuilder()
                .withNewMetadata()
                .withName(series.name())
                .withNamespace(namespace(key.subject()))
                .endMetadata()
                .withNewSeries()
                .withCount(series.count())
                .withLastObservedTime(new MicroTime(MICROS.format(series.lastSeen())))
                .endSeries()
                .build();
    }

    /** Events of cluster-scoped objects are in the namespace default. */
    private static String namespace(Subject subject) {
        return subject.namespace().isEmpty() ? "default" : subject.namespace();
    }

    private void write(Key key, Runnable call) {
        try {
            writer.execute(() -> {
                try {
                    call.run();
                } catch (KubernetesClientException refused) {
                    LOG.debugf(
                            refused,
                            "The event (%s) on %s was not written.",
                            key.reason().value(),
                            key.subject());
                }
            });
        } catch (RejectedExecutionException full) {
            LOG.debugf(
                    "The event (%s) on %s was dropped: too many are waiting.",
                    key.reason().value(), key.subject());
        }
    }

    /** The API server counts bytes. */
    private static String shortened(String note) {
        if (bytes(note) <= LONGEST_NOTE) {
            return note;
        }
        int end = Math.min(note.length(), LONGEST_NOTE - 3);
        while (bytes(note.substring(0, end)) > LONGEST_NOTE - 3) {
            end--;
        }
        return note.substring(0, end) + "...";
    }

    private static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}
