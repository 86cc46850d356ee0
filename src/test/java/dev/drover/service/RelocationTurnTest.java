package dev.drover.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.api.v1alpha1.ApplicationService;
import dev.drover.api.v1alpha1.ApplicationServiceStatus;
import dev.drover.api.v1alpha1.RelocationState;
import dev.drover.api.v1alpha1.RelocationStep;
import dev.drover.api.v1alpha1.ServiceRelocation;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which service relocates first, when several have a virtual machine under way. */
class RelocationTurnTest {
    private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");

    private final ApplicationService idle = new Farm(Shop.SHOP.replace("name: shop", "name: idle")).service;

    @Test
    void whoHasNothingUnderWayWaitsForAllWhoHave() {
        assertThat(before(idle, with("a", RelocationState.STOPPING, NOW))).contains("(default/a)");
        assertThat(before(idle, with("a", RelocationState.RELEASING, NOW))).contains("(default/a)");
        assertThat(before(idle, with("a", RelocationState.SUCCEEDED, NOW))).isEmpty();
        assertThat(before(idle, idle)).isEmpty();
    }

    @Test
    void ofTwoThatBeganAtOnceOneIsFirstAndBothAgree() {
        ApplicationService a = with("a", RelocationState.STOPPING, NOW);
        ApplicationService b = with("b", RelocationState.STOPPING, NOW);
        ApplicationService earlier = with("c", RelocationState.STOPPING, NOW.minusSeconds(1));

        assertThat(before(a, a, b)).isEmpty();
        assertThat(before(b, a, b)).contains("(default/a)");
        assertThat(before(a, b, earlier)).contains("(default/c)");
        assertThat(before(earlier, a, b)).isEmpty();
    }

    @Test
    void whatIsStoppedAlreadyIsFirst() {
        ApplicationService mine = with("a", RelocationState.STOPPING, NOW.minusSeconds(60));

        assertThat(before(mine, with("b", RelocationState.STARTING, NOW))).contains("(default/b)");
    }

    private static String before(ApplicationService mine, ApplicationService... all) {
        return RelocationTurn.before(mine, List.of(all));
    }

    private static ApplicationService with(String name, RelocationState state, Instant since) {
        ApplicationService service = new Farm(Shop.SHOP.replace("name: shop", "name: " + name)).service;
        ServiceRelocation entry = new ServiceRelocation(
                "db-0",
                NOW,
                state,
                "node-1",
                "node-2",
                List.of(new RelocationStep(state, since)),
                List.of(),
                null,
                null);
        service.setStatus(new ApplicationServiceStatus(null, null, null, null, null, null, null, List.of(entry)));
        return service;
    }
}
