package dev.drover.observe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.api.v1alpha1.ApplicationService;
import dev.drover.constraint.Constraint;
import dev.drover.constraint.Rule;
import dev.drover.model.Selector;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class InlineRulesTest {

    @Test
    void theNodesOfAServiceAreARuleOverTheMachinesOfEachApplication() {
        ApplicationService service = Texts.read(
                ApplicationService.class,
                """
                metadata: {name: shop, namespace: default, uid: s, creationTimestamp: '2026-01-01T00:00:00Z'}
                spec:
                  nodeSelector: {matchLabels: {disk: fast}}
                  applications:
                  - {name: web, constraints: [{type: Spread}], virtualMachines: {selector: {matchLabels: {app: web}}}}
                  - {name: db, virtualMachines: {template: {spec: {}}}}
                """);
        Written written = new Written(
                List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), List.of(service));

        List<Constraint> rules = Rules.read(written).constraints();

        assertThat(rules)
                .extracting(rule -> rule.id().toString())
                .containsExactlyInAnyOrder(
                        "ApplicationService default/shop.web.nodes",
                        "ApplicationService default/shop.web.0",
                        "ApplicationService default/shop.db.nodes");
        Rule onlyFast = new Rule.AllowedNodes(Selector.of(Map.of("disk", "fast")));
        assertThat(rules)
                .filteredOn(rule -> rule.id().name().endsWith(".nodes"))
                .allSatisfy(rule -> {
                    assertThat(rule.required()).isTrue();
                    assertThat(rule.rule()).isEqualTo(onlyFast);
                });
        assertThat(rules)
                .filteredOn(rule -> rule.rule().equals(onlyFast))
                .extracting(rule -> rule.selection().selects("default", Map.of("app", "web"), Map.of()))
                .containsExactlyInAnyOrder(true, false);
    }
}
