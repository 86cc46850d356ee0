package dev.drover.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Prometheus refuses a second meter of one name whose labels differ from those of the first. */
class MeterNamesTest {
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

    MeterNamesTest() {
        meters.config().meterFilter(new MeterNames().eventsAlwaysHaveAnAction());
    }

    @Test
    void events_that_were_received_are_counted_with_the_same_labels_whether_they_have_an_action_or_not() {
        meters.counter("operator.sdk.events.received", "event", "Resource", "action", "ADDED");
        meters.counter("operator.sdk.events.received", "event", "Timer");

        assertThat(meters.getMeters()).hasSize(2).extracting(Meter::getId).allSatisfy(id -> assertThat(id.getTags())
                .extracting(tag -> tag.getKey())
                .containsExactlyInAnyOrderElementsOf(Set.of("event", "action")));
    }

    @Test
    void other_meters_stay_as_they_are() {
        meters.counter("operator.sdk.reconciliations.started", "kind", "PlacementPolicy");

        assertThat(meters.getMeters())
                .singleElement()
                .satisfies(meter -> assertThat(meter.getId().getTags()).hasSize(1));
    }
}
