package dev.drover.api.v1alpha1;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RuleCasesTest {
    @Test
    void everyRuleOfTheSchemasHasAnAcceptedAndARejectedObject() {
        Set<String> messages = new TreeSet<>();
        CustomResourceDefinitions.schemas()
                .forEach((kind, schema) -> collect(kind, schema, message -> messages.add(kind + ": " + message)));

        Set<String> untested = new TreeSet<>(messages);
        Stream.concat(
                        RuleCases.creation().stream().map(rule -> rule.kind() + ": " + rule.message()),
                        RuleCases.changes().stream().map(change -> "MigrationPlan: " + change.message()))
                .forEach(tested -> untested.removeIf(message -> message.startsWith(tested)));

        assertThat(messages).hasSizeGreaterThan(20);
        assertThat(untested).as("rules without a case").isEmpty();
    }

    @Test
    void everyMessageSaysWhatIsWrongAndWhatToDo() {
        Set<String> messages = new TreeSet<>();
        CustomResourceDefinitions.schemas().forEach((kind, schema) -> collect(kind, schema, messages::add));

        assertThat(messages)
                .allSatisfy(message -> assertThat(message.split("[.,] ", -1)).hasSizeGreaterThan(1));
    }

    private static void collect(String kind, JSONSchemaProps schema, Consumer<String> messages) {
        schema.getXKubernetesValidations().forEach(rule -> {
            assertThat(rule.getMessage())
                    .as("message of (%s) in %s", rule.getRule(), kind)
                    .isNotBlank();
            messages.accept(rule.getMessage());
        });
        CustomResourceDefinitions.below(schema).values().forEach(below -> collect(kind, below, messages));
    }
}
