package dev.drover.app;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.config.MeterFilter;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/**
 * Java Operator SDK counts received events with and without the tag "action" under one name, which Prometheus refuses
 * (java-operator-sdk issue 3256).
 */
@Singleton
final class MeterNames {
    private static final String EVENTS_RECEIVED = "events.received";
    private static final String ACTION = "action";

    @Produces
    @Singleton
    MeterFilter eventsAlwaysHaveAnAction() {
        return new MeterFilter() {
            @Override
            public Meter.Id map(Meter.Id id) {
                boolean incomplete = id.getName().endsWith(EVENTS_RECEIVED) && id.getTag(ACTION) == null;
                return incomplete ? id.withTag(Tag.of(ACTION, "NONE")) : id;
            }
        };
    }
}
