package dev.drover.demo;

import dev.drover.api.v1alpha1.ApplicationService;
import dev.drover.api.v1alpha1.PlacementConstraint;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Which story is told: {@code make demo SCENARIO=service}. */
enum Scenario {
    /** Placement, a hot node, a rule that cannot hold. */
    BALANCE(BalanceExpectation.values()) {
        @Override
        Script script(Stage stage) {
            stage.apply("rules.yaml");
            List<PlacementConstraint> rules = stage.client()
                    .resources(PlacementConstraint.class)
                    .inNamespace(Witness.NAMESPACE)
                    .list()
                    .getItems();
            return new Script(rules.stream().map(Rulebook::read).toList(), List.of());
        }

        @Override
        Story story(Stage stage, Narrator narrator, Expectations expectations, Witness witness) {
            return new BalanceStory(stage, narrator, expectations, witness);
        }
    },

    /** A service of several applications, from its start to its end. */
    SERVICE(ServiceExpectation.values()) {
        @Override
        Script script(Stage stage) {
            ApplicationService service = stage.read(ServiceStory.GROWN, ApplicationService.class);
            return new Script(Rulebook.read(service), List.of(service));
        }

        @Override
        Story story(Stage stage, Narrator narrator, Expectations expectations, Witness witness) {
            return new ServiceStory(stage, narrator, expectations, witness);
        }
    };

    private final Expectation[] expectations;

    Scenario(Expectation... expectations) {
        this.expectations = expectations;
    }

    /** @throws IllegalArgumentException when there is none of that name, in words for whoever typed it */
    static Scenario of(String name) {
        return Arrays.stream(values())
                .filter(scenario -> scenario.word().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("There is no scenario (%s). Choose one of: %s."
                        .formatted(
                                name,
                                Arrays.stream(values()).map(Scenario::word).collect(Collectors.joining(", ")))));
    }

    private String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    Expectations expectations() {
        return new Expectations(expectations);
    }

    /** Applies what must be there before any virtual machine is, and says what is judged. */
    abstract Script script(Stage stage);

    abstract Story story(Stage stage, Narrator narrator, Expectations expectations, Witness witness);
}
