package dev.drover.service;

import static dev.drover.service.Shop.application;
import static dev.drover.service.Shop.machine;
import static dev.drover.service.Shop.service;
import static dev.drover.service.Shop.started;
import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.api.v1alpha1.RelocationFault;
import dev.drover.api.v1alpha1.RelocationState;
import dev.drover.api.v1alpha1.ServiceRelocation;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Nothing is stopped for a relocation that might not start again, and nothing stays stopped. */
class RelocationSafetyTest {
    private static final String PAIR = service("", application("db", 2, "relocation: LiveOrCold"));
    private static final String CHANGED = PAIR.replace("devices: {}", "devices: {rng: {}}");

    @Test
    void aTemplateThatIsNotTakenStopsNothing() {
        Farm farm = onTwoNodes();
        farm.refused.put("db", "no such device");
        farm.change(CHANGED);
        farm.order("db-0", farm.now.toString());

        steps(farm, 50);

        assertThat(farm.log).isEmpty();
        assertThat(machine(farm.decide(), "db-0").message()).contains("no such device");
    }

    @Test
    void whatSomebodyElseHasSetStopsNothing() {
        Farm farm = onTwoNodes();
        farm.conflicts.put("db-0", "conflict with kubectl");
        farm.forget();
        farm.order("db-0", farm.now.toString());

        steps(farm, 50);

        assertThat(farm.log).doesNotContain("inspect db-0", "halt db-0");
    }

    @Test
    void aTemplateThatIsChangedAfterTheDecisionStopsNothing() {
        Farm farm = ordered();
        until(farm, RelocationState.STOPPING);
        farm.refused.put("db", "no such device");
        farm.change(CHANGED);

        ServiceRelocation done = until(farm, RelocationState.REFUSED);

        assertThat(done.fault()).isEqualTo(RelocationFault.ORDER_NOT_FIT);
        assertThat(done.message()).contains("no such device");
        assertThat(farm.log).containsExactly("inspect db-0");
    }

    @Test
    void whatWasFoundOutBeforeIsFoundOutAgainBeforeTheStop() {
        Farm farm = ordered();
        until(farm, RelocationState.STOPPING);
        farm.finding = new Survey.Finding.Impossible(RelocationFault.NO_NODE, "It is full by now.");

        ServiceRelocation done = until(farm, RelocationState.REFUSED);

        assertThat(done.message()).isEqualTo("It is full by now.");
        assertThat(farm.log).containsExactly("inspect db-0", "inspect db-0");
    }

    @Test
    void anotherTargetThanTheOneThatWasDecidedOnStopsNothing() {
        Farm farm = ordered();
        until(farm, RelocationState.STOPPING);
        farm.finding = new Survey.Finding.Possible("node-1", "node-3", List.of());

        assertThat(until(farm, RelocationState.REFUSED).fault()).isEqualTo(RelocationFault.NO_NODE);
        assertThat(farm.log).doesNotContain("halt db-0");
    }

    @Test
    void itWaitsForItsTurn() {
        Farm farm = ordered();
        Survey.Finding possible = farm.finding;
        farm.finding = new Survey.Finding.Later("Another one is first.");
        Set<String> messages = new HashSet<>();
        for (int i = 0; i < 30; i++) {
            messages.add(String.valueOf(machine(farm.step(), "db-0").message()));
        }
        assertThat(farm.log).doesNotContain("halt db-0");
        assertThat(messages).contains("Another one is first.");

        farm.finding = possible;

        until(farm, RelocationState.SUCCEEDED);
    }

    /** A template that is changed while it is stopped, and is not taken, does not leave it stopped. */
    @Test
    void whatIsNotTakenAnyMoreStartsAgainAsItWas() {
        Farm farm = ordered();
        until(farm, RelocationState.STARTING);
        farm.conflicts.put("db-0", "conflict with kubectl");

        ServiceRelocation done = until(farm, RelocationState.FAILED);

        assertThat(done.fault()).isEqualTo(RelocationFault.NOT_READY_THERE);
        assertThat(done.message()).contains("conflict with kubectl");
        assertThat(farm.log).contains("rescue node-1", "rescue ");
        assertThat(farm.nodeOf("db-0")).isEqualTo("node-1");
        assertThat(farm.nodeSelector("db-0")).isEmpty();
    }

    @Test
    void whatIsTakenBackAndNotTakenAnyMoreStartsAgainToo() {
        Farm farm = ordered();
        until(farm, RelocationState.STOPPING);
        for (int i = 0; i < 10 && !farm.log.contains("halt db-0"); i++) {
            farm.passUnseen();
            farm.decide().steps().forEach(farm::take);
        }
        farm.withdraw("db-0");
        farm.conflicts.put("db-0", "conflict with kubectl");

        assertThat(until(farm, RelocationState.FAILED).fault()).isEqualTo(RelocationFault.TAKEN_BACK);
        assertThat(farm.running()).contains("db-0");
    }

    @Test
    void whereNothingCanStartItDoesNotWaitForTheDeadline() {
        Farm farm = ordered();
        until(farm, RelocationState.STARTING);
        farm.unusable.addAll(List.of("node-1", "node-2"));

        ServiceRelocation done = until(farm, RelocationState.FAILED);

        assertThat(done.message()).contains("The node (node-2) is gone.");
        assertThat(Duration.between(done.ordered(), farm.now)).isLessThan(Duration.ofMinutes(1));
        assertThat(farm.running()).contains("db-0");
        assertThat(farm.nodeSelector("db-0")).isEmpty();
    }

    @Test
    void theDeadlineCountsFromTheFirstAttempt() {
        Farm farm = ordered();
        until(farm, RelocationState.STARTING);
        farm.pass(Farm.DEADLINE.multipliedBy(2));

        assertThat(until(farm, RelocationState.SUCCEEDED).fault()).isNull();
    }

    @Test
    void aGuestThatFailsAgainAndAgainHasNoMoreTime() {
        Farm farm = ordered();
        farm.broken.add("node-2");
        until(farm, RelocationState.STARTING);
        farm.step();
        for (int i = 0; i < 5; i++) {
            farm.pass(Farm.DEADLINE.dividedBy(4));
            farm.crash("db-0");
            farm.step();
        }

        assertThat(until(farm, RelocationState.FAILED).fault()).isEqualTo(RelocationFault.NOT_READY_THERE);
    }

    @Test
    void whatIsElsewhereWhenItIsFreeHasNotSucceeded() {
        Farm farm = ordered();
        until(farm, RelocationState.RELEASING);
        farm.decide().steps().forEach(farm::take);
        assertThat(farm.nodeSelector("db-0")).isEmpty();
        farm.crash("db-0");
        farm.startOn("node-1");
        farm.passUnseen();

        ServiceRelocation done = until(farm, RelocationState.FAILED);

        assertThat(done.message()).isEqualTo("It is not on the node (node-2) any more.");
    }

    private static Farm onTwoNodes() {
        Farm farm = started(PAIR);
        farm.nodes("node-1", "node-2");
        return farm;
    }

    private static Farm ordered() {
        Farm farm = onTwoNodes();
        farm.order("db-0", farm.now.toString());
        return farm;
    }

    private static void steps(Farm farm, int times) {
        for (int i = 0; i < times; i++) {
            farm.step();
        }
    }

    private static ServiceRelocation until(Farm farm, RelocationState state) {
        for (int i = 0; i < 60; i++) {
            farm.step();
            List<ServiceRelocation> all = farm.service.getStatus().relocations();
            if (!all.isEmpty() && all.getLast().state() == state) {
                return all.getLast();
            }
        }
        throw new AssertionError("It never is " + state + ": " + farm.log
                + farm.service.getStatus().relocations());
    }
}
