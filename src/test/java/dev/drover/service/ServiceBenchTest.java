package dev.drover.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.api.v1alpha1.ApplicationService;
import dev.drover.bench.Measured;
import dev.drover.observe.Machines;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What 200 services with 2,000 virtual machines cost in the process: to find out whose each is, once for each change, and to look at one service. */
@Tag("bench")
class ServiceBenchTest {
    private static final int SERVICES = 200;
    private static final double MOST_MILLIS_FOR_ALL = 100;
    private static final double MOST_MILLIS_FOR_ONE = 20;

    @Test
    void aChangeCostsOneIndexAndALookAtItsService() {
        List<Farm> farms = new ArrayList<>();
        for (int i = 0; i < SERVICES; i++) {
            farms.add(settled(i));
        }
        Machines seen = together(farms);
        assertThat(seen.machines()).hasSize(SERVICES * 10);

        Measured all = Measured.of(
                "services: whose is each of 2,000", 50, 200, _ -> new ServiceScenes(seen, 30, Instant.EPOCH));
        ServiceScenes scenes = new ServiceScenes(seen, 30, Instant.EPOCH);
        Measured look = Measured.of(
                "services: scenes of all 200", 50, 200, _ -> farms.forEach(farm -> scenes.of(farm.service, null)));
        Measured one = Measured.of("services: decision and status of one", 500, 2_000, call -> {
            Farm farm = farms.get(call % SERVICES);
            Decision decision = Course.decide(
                    farm.service,
                    scenes.of(farm.service, null),
                    farm.memory(),
                    new Relocations.Clock(farm.now, Farm.DEADLINE));
            assertThat(decision.steps())
                    .as("nothing is written in a quiet world")
                    .isEmpty();
            assertThat(decision.status()).as("nor told").isEqualTo(farm.service.getStatus());
        });

        assertThat(all.medianMillis() + look.medianMillis()).isLessThan(MOST_MILLIS_FOR_ALL);
        assertThat(one.medianMillis()).isLessThan(MOST_MILLIS_FOR_ONE);
    }

    /** Ten virtual machines of three applications, all ready. */
    private static Farm settled(int number) {
        Farm farm = new Farm(Shop.service(
                        "",
                        Shop.application("db-" + number, 2, ""),
                        Shop.application("api-" + number, 3, "dependsOn: [{application: db-%d}]".formatted(number)),
                        Shop.application("web-" + number, 5, "dependsOn: [{application: api-%d}]".formatted(number)))
                .replace("name: shop", "name: shop-" + number));
        farm.settled();
        return farm;
    }

    private static Machines together(List<Farm> farms) {
        List<Machines> each = farms.stream().map(Farm::seen).toList();
        return new Machines(
                each.stream().flatMap(seen -> seen.machines().stream()).toList(),
                each.stream().flatMap(seen -> seen.instances().stream()).toList(),
                List.of(),
                List.of(),
                farms.stream().<ApplicationService>map(farm -> farm.service).toList(),
                List.of(),
                List.of(),
                List.of());
    }
}
