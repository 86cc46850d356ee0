package dev.drover.service;

import static dev.drover.service.Shop.condition;
import static dev.drover.service.Shop.machine;
import static dev.drover.service.Shop.service;
import static dev.drover.service.Shop.started;
import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.api.v1alpha1.NodeResources;
import dev.drover.api.v1alpha1.ResourceDemand;
import dev.drover.service.Outlook.Finding;
import dev.drover.status.RuleReason;
import io.fabric8.kubernetes.api.model.Quantity;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What the loop finds of a service, as its status says it. */
class OutlookTest {
    private static final NodeResources FREE =
            new NodeResources(new Quantity("3000m"), new Quantity("4096Mi"), new Quantity("12"), null, null);
    private static final Finding CONFLICT =
            new Finding(false, RuleReason.RULES_CONFLICT, "The rule at place (0) of the application (db): no.");
    private static final Finding WELL = new Finding(true, RuleReason.SATISFIED, "");

    @Test
    void aRuleThatIsNotActedOnKeepsTheServiceFromBeingReady() {
        Farm farm = started(Shop.SHOP);
        farm.outlook = outlook(CONFLICT, WELL, Map.of());

        Decision decision = farm.settled();

        assertThat(condition(decision, "RulesInForce")).startsWith("False RulesConflict: The rule at place (0)");
        assertThat(condition(decision, "Ready")).startsWith("False RulesConflict");
        assertThat(condition(decision, "Available")).startsWith("True");
    }

    @Test
    void aPreferenceThatIsNotMetDoesNot() {
        Farm farm = started(Shop.SHOP);
        farm.outlook = outlook(WELL, new Finding(false, RuleReason.PREFERENCE_UNMET, "apart"), Map.of());

        assertThat(condition(farm.settled(), "Satisfied")).startsWith("False PreferenceUnmet");
        assertThat(condition(farm.settled(), "Ready")).startsWith("True");
    }

    @Test
    void whatTheLoopHasNotToldYetIsAsItWas() {
        Farm farm = started(Shop.SHOP);
        farm.outlook = outlook(CONFLICT, WELL, Map.of());
        farm.settled();
        farm.outlook = null;
        farm.pass(Duration.ofMinutes(1));

        Decision decision = farm.settled();

        assertThat(condition(decision, "RulesInForce")).startsWith("False RulesConflict");
        assertThat(decision.status().available()).isEqualTo(FREE);
    }

    @Test
    void aServiceThatStatesNoRulesSaysNothingOfThem() {
        Farm farm = started(Shop.SHOP);
        farm.outlook = outlook(null, null, Map.of());

        assertThat(condition(farm.settled(), "RulesInForce")).isEmpty();
        assertThat(condition(farm.settled(), "Ready")).startsWith("True");
    }

    @Test
    void whoFindsNoNodeIsNamedWithWhatWouldHelp() {
        Farm farm = new Farm(service("", Shop.DB));
        farm.outlook = outlook(null, null, Map.of("db-1", "It finds no node: add one."));
        farm.step();
        farm.decide().steps().forEach(farm::take);

        Decision decision = farm.decide();

        assertThat(machine(decision, "db-1").message()).isEqualTo("It finds no node: add one.");
        assertThat(condition(decision, "Ready"))
                .isEqualTo(
                        "False NoCapacity: The virtual machine (db-1) of the application (db): It finds no node: add one.");
        assertThat(condition(decision, "Progressing")).startsWith("True");
    }

    @Test
    void whatIsRequiredIsWhatProfilesAndTemplatesStateUntilItIsMeasured() {
        String applications =
                """
                - name: declared
                  replicas: 2
                  profile: {cpu: 1500m}
                  virtualMachines: {template: {spec: {template: {spec: {domain: {memory: {guest: 2Gi}}}}}}}
                - name: requested
                  virtualMachines: {template: {spec: {template: {spec: {domain: {resources: {requests: {cpu: "1", memory: 512Mi}}}}}}}}
                - name: unreadable
                  virtualMachines: {template: {spec: {template: {spec: {domain: {resources: {requests: {cpu: much}}}}}}}}
                """;

        assertThat(new Farm(service("", applications)).decide().status().required())
                .isEqualTo(new ResourceDemand(new Quantity("4000m"), new Quantity("4608Mi"), null, null));
    }

    private static Outlook outlook(
            @Nullable Finding inForce, @Nullable Finding satisfied, Map<String, String> unplaced) {
        return new Outlook(inForce, satisfied, unplaced, FREE);
    }
}
