package dev.drover.service;

import static dev.drover.service.Shop.API;
import static dev.drover.service.Shop.DB;
import static dev.drover.service.Shop.SHOP;
import static dev.drover.service.Shop.application;
import static dev.drover.service.Shop.condition;
import static dev.drover.service.Shop.service;
import static dev.drover.service.Shop.started;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What becomes of a service whose templates are refused, changed, or changed by somebody else. */
class TemplateChangeTest {
    @Test
    void whatWasRefusedOfAnEarlierTemplateIsForgottenWithIt() {
        Farm farm = started(service("", DB));
        farm.conflicts.put("db-1", "conflict with \"kubectl-edit\": .spec.template.spec.domain.memory");
        farm.change(service("", DB).replace("devices: {}", "memory: {guest: 2Gi}"));
        for (int i = 0; i < 5; i++) {
            farm.step();
        }
        assertThat(condition(farm.decide(), "TemplateDrift")).startsWith("True");

        farm.conflicts.clear();
        farm.change(service("", DB));

        Decision decision = farm.settled();
        assertThat(condition(decision, "TemplateDrift")).startsWith("False");
        assertThat(condition(decision, "Ready")).startsWith("True");
    }

    @Test
    void oneThatCannotBeChangedKeepsNobodyElseFromIt() {
        Farm farm = started(service("", application("db", 3, "")));
        farm.conflicts.put("db-0", "conflict with \"kubectl-edit\": .spec.template.spec.domain.memory");
        farm.change(service("", application("db", 3, "")).replace("devices: {}", "memory: {guest: 2Gi}"));

        for (int i = 0; i < 8; i++) {
            farm.step();
        }

        assertThat(farm.log).containsExactly("apply db-1", "apply db-2");
    }

    @Test
    void aServiceWhoseTemplateCannotBeAppliedCanStillBeStopped() {
        Farm farm = started(service("", DB));
        farm.conflicts.put("db-1", "conflict with \"kubectl-edit\": .spec.template.spec.domain.memory");
        farm.change(service("runPolicy: Stopped", DB).replace("devices: {}", "memory: {guest: 2Gi}"));

        for (int i = 0; i < 5; i++) {
            farm.step();
        }

        assertThat(farm.running()).isEmpty();
        assertThat(farm.runStrategy("db-1")).isEqualTo("Halted");
    }

    @Test
    void aTemplateThatKubeVirtRefusesMakesNothingAndSaysWhy() {
        Farm farm = new Farm(service("", DB, API));
        farm.refused.put("db", "spec.template.spec.domain is required");

        farm.step();
        Decision decision = farm.step();

        assertThat(farm.machines()).isEmpty();
        assertThat(condition(decision, "TemplateAccepted"))
                .startsWith("False TemplateRefused")
                .contains("(db)")
                .contains("domain is required");
        assertThat(condition(decision, "Ready")).startsWith("False TemplateRefused");
        assertThat(condition(decision, "Progressing")).startsWith("False");

        farm.refused.clear();
        farm.pass(Duration.ofMinutes(1));
        assertThat(condition(farm.settled(), "Ready")).startsWith("True");
    }

    @Test
    void aTemplateThatSaysWhetherItRunsIsRefusedWithoutAskingKubeVirt() {
        Farm farm = new Farm(SHOP.replaceFirst("spec: \\{template", "spec: {runStrategy: Always, template"));

        Decision decision = farm.settled();

        assertThat(condition(decision, "TemplateAccepted")).startsWith("False").contains("spec.runPolicy");
        assertThat(farm.machines()).isEmpty();
    }

    @Test
    void anotherTemplateIsGivenToOneMachineAfterTheOther() {
        Farm farm = started(service("", application("db", 3, "")));
        farm.change(service("", application("db", 3, "")).replace("devices: {}", "devices: {rng: {}}"));
        farm.step();

        farm.step();
        assertThat(farm.log).containsExactly("apply db-0");
        farm.silent.add("db-0");
        farm.settle();
        farm.step();
        assertThat(farm.log).as("the first one is not well").containsExactly("apply db-0");

        farm.silent.clear();
        farm.settled();
        assertThat(farm.log).containsExactly("apply db-0", "apply db-1", "apply db-2");
    }

    @Test
    void whatSomebodyElseHasSetIsLeftAndReported() {
        Farm farm = started(service("", DB));
        farm.conflicts.put("db-1", "conflict with \"kubectl-edit\": .spec.template.spec.domain.memory");
        farm.change(service("", DB).replace("devices: {}", "memory: {guest: 2Gi}"));
        farm.settle();
        for (int i = 0; i < 4; i++) {
            farm.step();
        }

        Decision decision = farm.decide();
        assertThat(condition(decision, "TemplateDrift"))
                .startsWith("True TemplateDrift")
                .contains("kubectl-edit");
        assertThat(condition(decision, "Ready")).startsWith("False TemplateDrift");
        assertThat(decision.steps()).as("it is not tried in each cycle").isEmpty();

        farm.delete();
        farm.settled();
        assertThat(farm.machines()).isEmpty();
    }
}
