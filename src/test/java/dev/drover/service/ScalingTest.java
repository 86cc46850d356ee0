package dev.drover.service;

import static dev.drover.service.Shop.condition;
import static dev.drover.service.Shop.machine;
import static dev.drover.service.Shop.service;
import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.api.v1alpha1.ScalingStatus;
import dev.drover.forecast.Band;
import dev.drover.forecast.Forecast;
import dev.drover.forecast.Load;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** Services whose number of virtual machines follows the load: 2 cores each, at 70 % they bear 1.4 cores. */
class ScalingTest {
    private static final String WEB = web("scaling: {min: 2, max: 5}");
    private static final String SHOP = service("", WEB);

    private final Farm farm = new Farm(SHOP);

    private static String web(String members) {
        return """
                - name: web
                  %s
                  virtualMachines: {template: {spec: {template: {spec: {domain: {devices: {}}}}}}}
                """
                .formatted(members);
    }

    @Test
    void itBeginsWithMinAndSaysSo() {
        settle(1.0);

        assertThat(farm.machines()).containsExactly("web-0", "web-1");
        assertThat(scaling().message()).isEqualTo("It begins with 2.");
        assertThat(scaling().held()).isNull();
    }

    @Test
    void replicasSaysWithHowManyItBegins() {
        farm.change(service("", web("replicas: 4\n  scaling: {min: 2, max: 5}")));
        settle(5.0);

        assertThat(farm.machines()).hasSize(4);
    }

    @Test
    void whatIsDecidedIsRecordedBeforeItIsDone() {
        settle(2.0);
        farm.pass(Duration.ofMinutes(1));

        farm.load = used(3.0);
        Decision decided = farm.step();
        assertThat(scaling().virtualMachines()).isEqualTo(3);
        assertThat(scaling().message()).isEqualTo("3.0 cores are used; 3 virtual machines bear 4.2 at 70 %.");
        assertThat(farm.machines()).as("not before it is written").hasSize(2);

        decided = farm.settled();
        assertThat(farm.machines()).containsExactly("web-0", "web-1", "web-2");
        assertThat(condition(decided, "Ready")).startsWith("True");
    }

    @Test
    void virtualMachinesThatAreThereAreNotTouchedWhenTheirNumberChanges() {
        settle(2.0);
        farm.log.clear();
        farm.pass(Duration.ofMinutes(1));

        settle(5.0);
        assertThat(farm.log).containsExactly("make web-2", "make web-3");

        farm.log.clear();
        farm.pass(Duration.ofMinutes(20));
        settle(1.0);
        assertThat(farm.log.getFirst()).isEqualTo("halt web-3");
        assertThat(farm.log).noneMatch(entry -> entry.contains("web-0") || entry.contains("web-1"));
    }

    @Test
    void anAddedOneIsNoReasonToCallTheServiceUnavailable() {
        settle(2.0);
        farm.pass(Duration.ofMinutes(1));
        farm.silent.add("web-2");
        settle(3.0);

        Decision decision = farm.decide();
        assertThat(condition(decision, "Available")).startsWith("True");
        assertThat(condition(decision, "Progressing")).startsWith("True").contains("(web-2)");
        assertThat(decision.status().applications().getFirst().desired()).isEqualTo(3);
        assertThat(decision.status().applications().getFirst().ready()).isEqualTo(2);
    }

    @Test
    void whileOneIsNotReadyNoneIsTakenAway() {
        settle(4.0);
        farm.pass(Duration.ofMinutes(20));
        farm.silent.add("web-0");

        settle(0.5);
        assertThat(farm.machines()).hasSize(3);
        assertThat(scaling().held())
                .isEqualTo("Fewer would be enough, but (web-0) is not ready, so none is taken away.");

        farm.silent.clear();
        settle(0.5);
        assertThat(farm.machines()).hasSize(2);
        assertThat(scaling().held()).isNull();
    }

    @Test
    void oneThatIsBeingMovedIsNotTakenAway() {
        settle(4.0);
        farm.pass(Duration.ofMinutes(20));
        farm.moving.add("web-2");

        settle(0.5);
        assertThat(farm.machines()).hasSize(3);
        assertThat(scaling().held()).isEqualTo("Fewer would be enough, but (web-2) is being moved.");
    }

    @Test
    void aRestartOfTheOperatorChangesNothing() {
        settle(4.0);
        farm.log.clear();
        farm.forget();
        farm.load = Load.UNKNOWN;

        Decision decision = farm.settled();

        assertThat(farm.machines()).hasSize(3);
        assertThat(scaling().virtualMachines()).isEqualTo(3);
        assertThat(scaling().held()).contains("have not been measured lately");
        assertThat(farm.log).noneMatch(entry -> entry.startsWith("halt") || entry.startsWith("delete"));
        assertThat(condition(decision, "Ready")).startsWith("True");
    }

    @Test
    void aStatusThatIsLostTakesNothingAway() {
        settle(4.0);
        farm.service.setStatus(null);

        settle(4.0);

        assertThat(farm.machines()).hasSize(3);
        assertThat(scaling().message()).isEqualTo("It begins with 3.");
    }

    @Test
    void scalingThatComesLaterBeginsWithWhatIsThere() {
        farm.change(service("", web("replicas: 4")));
        farm.settled();
        farm.change(SHOP);

        settle(5.0);

        assertThat(farm.machines()).hasSize(4);
    }

    @Test
    void otherBoundsHoldAtOnce() {
        settle(4.0);
        farm.load = used(1.0);
        farm.change(service("", web("scaling: {min: 1, max: 2}")));

        farm.settled();
        assertThat(farm.machines()).hasSize(2);
        assertThat(scaling().message()).isEqualTo("It is from min (1) to max (2).");

        farm.change(service("", web("scaling: {min: 4, max: 4}")));
        farm.settled();
        assertThat(farm.machines()).hasSize(4);
    }

    @Test
    void aServiceThatIsPausedOrStoppedIsLeftAlone() {
        settle(2.0);
        farm.pass(Duration.ofMinutes(20));
        farm.change(service("management: Paused", WEB));
        settle(6.0);
        assertThat(farm.machines()).hasSize(2);
        assertThat(scaling().held()).contains("paused");

        farm.change(service("runPolicy: Stopped", WEB));
        settle(6.0);
        assertThat(scaling().virtualMachines()).isEqualTo(2);
        assertThat(scaling().held()).contains("does not run");
        assertThat(farm.running()).isEmpty();
    }

    @Test
    void theForecastThatCallsForMoreIsNamed() {
        settle(2.0);
        farm.pass(Duration.ofMinutes(1));
        farm.load = new Load(
                2000,
                2000,
                new Forecast.Trusted("Holt-Winters, season of 288", new Band(4000, 5200, 6000), 30, 50),
                Instant.parse("2026-01-01T14:35:00Z"),
                5200,
                Instant.EPOCH);

        farm.settled();

        assertThat(scaling().message())
                .isEqualTo(
                        "5.2 cores are forecast for 14:35 UTC (Holt-Winters, season of 288; so far 40 % less wrong than the same as now); 4 virtual machines bear 5.6 at 70 %.");
        assertThat(machine(farm.decide(), "web-3")).isNotNull();
    }

    @Test
    void atMaxItIsSaidThatTheLoadAsksForMore() {
        settle(7.0);
        farm.pass(Duration.ofMinutes(1));
        settle(20.0);
        farm.pass(Duration.ofMinutes(1));
        settle(20.0);

        assertThat(farm.machines()).hasSize(5);
        assertThat(scaling().held()).isEqualTo("The load asks for more than max (5). Raise max if it is to be served.");
    }

    @Test
    void aVirtualMachineOfAnotherBeyondTheNumberIsNobodysMatter() {
        settle(2.0);
        farm.someoneMakes("web-4", Map.of());

        settle(2.0);

        assertThat(condition(farm.decide(), "Ready")).startsWith("True");
        assertThat(farm.machines()).contains("web-4");
    }

    /** Whatever is measured and however wrong a forecast is: within the bounds, and those of the least are never touched. */
    @Property(tries = 200)
    void theNumberIsAlwaysWithinItsBounds(@ForAll long seed) {
        Random random = new Random(seed);
        Farm world = new Farm(SHOP);
        for (int look = 0; look < 60; look++) {
            double wrong = random.nextInt(3) == 0 ? 1e9 * random.nextDouble() : 8000 * random.nextDouble();
            Forecast forecast = random.nextBoolean()
                    ? new Forecast.Unknown()
                    : new Forecast.Trusted("wrong", new Band(0, wrong, wrong), 1, 2);
            double used = 12_000 * random.nextDouble();
            world.load = random.nextInt(5) == 0
                    ? Load.UNKNOWN
                    : new Load(used, 2000, forecast, world.now, used, random.nextBoolean() ? Instant.EPOCH : null);
            world.step();
            assertThat(world.machines()).hasSizeLessThanOrEqualTo(5);
            assertThat(Objects.requireNonNull(world.service.getStatus())
                            .applications()
                            .getFirst()
                            .desired())
                    .isBetween(2, 5);
            world.pass(Duration.ofSeconds(random.nextInt(120)));
            if (random.nextInt(10) == 0) {
                world.forget();
            }
        }
        assertThat(world.machines()).contains("web-0", "web-1");
        assertThat(world.log).noneMatch(entry -> entry.matches("(halt|delete) web-[01].*"));
    }

    /** Until it rests under this many cores of load, which have been used for long. */
    private void settle(double cores) {
        farm.load = used(cores);
        for (int look = 0; look < 12; look++) {
            farm.settled();
            farm.pass(Duration.ofSeconds(31));
        }
        farm.settled();
    }

    private static Load used(double cores) {
        double millis = 1000 * cores;
        return new Load(millis, 2000, new Forecast.Unknown(), null, millis, Instant.EPOCH);
    }

    private ScalingStatus scaling() {
        return Objects.requireNonNull(Objects.requireNonNull(farm.service.getStatus())
                .applications()
                .getFirst()
                .scaling());
    }
}
