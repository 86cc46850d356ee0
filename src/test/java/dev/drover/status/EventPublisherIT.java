package dev.drover.status;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.drover.testbed.OnTestbed;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.events.v1.Event;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@OnTestbed
class EventPublisherIT {
    private final KubernetesClient client;
    private final EventPublisher events;
    private Instant now = Instant.parse("2026-01-01T12:00:00Z");
    private ConfigMap object = new ConfigMap();

    EventPublisherIT(KubernetesClient client) {
        this.client = client;
        this.events = new EventPublisher(client, "drover-0", () -> now, Runnable::run);
    }

    @BeforeEach
    void create() {
        object = client.resource(new ConfigMapBuilder()
                        .withNewMetadata()
                        .withGenerateName("subject-")
                        .withNamespace("default")
                        .endMetadata()
                        .build())
                .create();
    }

    @AfterEach
    void delete() {
        client.resource(object).delete();
    }

    @Test
    void anEventSaysWhatHappenedToWhomAndWhoSaysSo() {
        events.publish(Subject.of(object), GateReason.STALE_CACHE, "Wait", "The informer of (nodes) is 70 s old.");

        Event event = written().getFirst();
        assertThat(event.getReason()).isEqualTo("StaleCache");
        assertThat(event.getType()).isEqualTo("Warning");
        assertThat(event.getAction()).isEqualTo("Wait");
        assertThat(event.getNote()).isEqualTo("The informer of (nodes) is 70 s old.");
        assertThat(event.getReportingController()).isEqualTo("drover.dev/operator");
        assertThat(event.getReportingInstance()).isEqualTo("drover-0");
        assertThat(event.getRegarding().getKind()).isEqualTo("ConfigMap");
        assertThat(event.getRegarding().getUid()).isEqualTo(object.getMetadata().getUid());
        assertThat(Instant.parse(event.getEventTime().getTime())).isEqualTo(now);
    }

    @Test
    void theSameAgainBecomesASeriesThatIsNotWrittenEachTime() {
        for (int occurrence = 1; occurrence <= 7; occurrence++) {
            events.publish(Subject.of(object), BalanceReason.BALANCED, "Observe", "Nothing to do.");
            now = now.plusSeconds(30);
        }

        assertThat(written()).hasSize(1);
        assertThat(written().getFirst().getSeries().getCount()).isEqualTo(4);
    }

    @Test
    void afterTenQuietMinutesANewEventBegins() {
        events.publish(Subject.of(object), BalanceReason.BALANCED, "Observe", "Nothing to do.");
        now = now.plus(Duration.ofMinutes(11));
        events.publish(Subject.of(object), BalanceReason.BALANCED, "Observe", "Nothing to do.");

        assertThat(written()).hasSize(2).allSatisfy(event -> assertThat(event.getSeries())
                .isNull());
    }

    @Test
    void anotherNoteIsAnotherEventAtTheSameMoment() {
        events.publish(Subject.of(object), MachineReason.COOLDOWN, "Wait", "until 12:15");
        events.publish(Subject.of(object), MachineReason.COOLDOWN, "Wait", "until 12:30");

        assertThat(written()).extracting(Event::getNote).containsExactlyInAnyOrder("until 12:15", "until 12:30");
    }

    @Test
    void aNoteOfAnyLengthAndScriptIsTaken() {
        events.publish(Subject.of(object), ObjectReason.INVALID, "Read", "é".repeat(3000));

        assertThat(written().getFirst().getNote()).endsWith("...").hasSizeGreaterThan(500);
    }

    @Test
    void whatCannotBeWrittenDisturbsNobody() {
        Subject nowhere = new Subject("v1", "ConfigMap", "no-such-namespace", "x", "u");
        EventPublisher full = new EventPublisher(client, "drover-0", () -> now, task -> {
            throw new RejectedExecutionException("full");
        });

        assertThatCode(() -> {
                    events.publish(nowhere, BalanceReason.BALANCED, "Observe", "note");
                    full.publish(Subject.of(object), BalanceReason.BALANCED, "Observe", "note");
                })
                .doesNotThrowAnyException();
        assertThat(written()).isEmpty();
    }

    private List<Event> written() {
        return client.events().v1().events().inNamespace("default").list().getItems().stream()
                .filter(event -> object.getMetadata()
                        .getUid()
                        .equals(event.getRegarding().getUid()))
                .toList();
    }
}
