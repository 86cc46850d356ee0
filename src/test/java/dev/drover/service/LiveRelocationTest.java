package dev.drover.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.api.v1alpha1.OrderedMove;
import dev.drover.api.v1alpha1.RelocationFault;
import dev.drover.api.v1alpha1.RelocationState;
import dev.drover.api.v1alpha1.RelocationStep;
import dev.drover.api.v1alpha1.ServiceRelocation;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the loop carries out live, as the status of the service tells it. */
class LiveRelocationTest {
    private static final Instant FIRST = Instant.parse("2026-01-31T12:00:00Z");
    private static final Instant SECOND = FIRST.plusSeconds(60);

    private final Map<String, ServiceRelocation> entries = new LinkedHashMap<>();

    @Test
    void itsStatesAreTheStepsOfOneRelocation() {
        tell(told(FIRST, RelocationState.WAITING, null), 1);
        tell(told(FIRST, RelocationState.MOVING, null), 2);
        tell(told(FIRST, RelocationState.MOVING, null), 3);
        tell(told(FIRST, RelocationState.SUCCEEDED, null), 4);

        assertThat(entry().state()).isEqualTo(RelocationState.SUCCEEDED);
        assertThat(entry().to()).isEqualTo("node-2");
        assertThat(entry().steps())
                .containsExactly(
                        step(RelocationState.WAITING, 1),
                        step(RelocationState.MOVING, 2),
                        step(RelocationState.SUCCEEDED, 4));
    }

    @Test
    void aRefusalIsToldWithItsFault() {
        tell(told(FIRST, RelocationState.REFUSED, RelocationFault.NO_NODE), 1);

        assertThat(entry().fault()).isEqualTo(RelocationFault.NO_NODE);
        assertThat(entry().message()).isEqualTo("why");
    }

    @Test
    void aNewerOrderTakesThePlaceOfTheOldOne() {
        tell(told(FIRST, RelocationState.SUCCEEDED, null), 1);
        tell(told(SECOND, RelocationState.MOVING, null), 2);

        assertThat(entry().ordered()).isEqualTo(SECOND);
        assertThat(entry().steps()).containsExactly(step(RelocationState.MOVING, 2));
    }

    @ParameterizedTest
    @EnumSource(
            mode = EnumSource.Mode.EXCLUDE,
            names = {"WAITING", "MOVING"})
    void whatIsCarriedOutByAStopAndAStartOrHasEndedIsLeftAsItIs(RelocationState state) {
        ServiceRelocation cold =
                new ServiceRelocation("db-0", FIRST, state, "node-1", "node-3", List.of(), List.of(), null, null);
        entries.put("db-0", cold);

        tell(told(FIRST, RelocationState.REFUSED, RelocationFault.TAKEN_BACK), 1);

        assertThat(entry()).isSameAs(cold);
    }

    @Test
    void whatStopsItNowGoesOnInSpiteOfANewerOrder() {
        ServiceRelocation cold = new ServiceRelocation(
                "db-0", FIRST, RelocationState.STOPPING, "node-1", "node-3", List.of(), List.of(), null, null);
        entries.put("db-0", cold);

        tell(told(SECOND, RelocationState.WAITING, null), 1);

        assertThat(entry()).isSameAs(cold);
    }

    private void tell(OrderedMove told, int second) {
        SeenMachine machine = new SeenMachine(
                "db-0",
                "vm-0",
                true,
                "db",
                false,
                1,
                "",
                "RerunOnFailure",
                false,
                false,
                false,
                null,
                new SeenMachine.Served(null, null, null, told));
        LiveRelocations.mirror(entries, List.of(machine), FIRST.plusSeconds(second));
    }

    private ServiceRelocation entry() {
        assertThat(entries).containsOnlyKeys("db-0");
        return entries.values().iterator().next();
    }

    private static RelocationStep step(RelocationState state, int second) {
        return new RelocationStep(state, FIRST.plusSeconds(second));
    }

    private static OrderedMove told(Instant ordered, RelocationState state, @Nullable RelocationFault fault) {
        return new OrderedMove(
                ordered, state, ordered, "node-1", "node-2", "plan", fault, fault == null ? null : "why");
    }
}
