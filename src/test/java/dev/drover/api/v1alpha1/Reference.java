package dev.drover.api.v1alpha1;

import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinitionNames;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import java.math.BigDecimal;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/** Writes the reference of the API's fields from the schemas. */
final class Reference {
    private static final String HEAD =
            """
            # The API: `drover.dev/v1alpha1`

            Every kind, every field, every rule. `kubectl explain KIND.FIELD` says the same in a terminal. Fields marked * must be
            given. This file is generated from the code: `make generate`.

            Write `"Off"` in quotes: YAML reads it as a boolean without.
            """;

    private final StringBuilder text = new StringBuilder(HEAD);

    private Reference() {}

    static String write() {
        Reference reference = new Reference();
        List<CustomResourceDefinition> definitions = CustomResourceDefinitions.definitions().stream()
                .sorted(Comparator.comparingInt(Reference::position))
                .toList();
        definitions.forEach(reference::kind);
        JSONSchemaProps policy = schema(definitions.getFirst());
        reference.shared(
                "LabelSelector",
                policy.getProperties().get("spec").getProperties().get("nodeSelector"));
        reference.shared(
                "Condition",
                policy.getProperties()
                        .get("status")
                        .getProperties()
                        .get("conditions")
                        .getItems()
                        .getSchema());
        return reference.text.toString();
    }

    /** In the order in which a reader needs them. */
    private static int position(CustomResourceDefinition definition) {
        return CustomResourceDefinitions.KINDS.stream()
                .map(Class::getSimpleName)
                .toList()
                .indexOf(definition.getSpec().getNames().getKind());
    }

    private static JSONSchemaProps schema(CustomResourceDefinition definition) {
        return definition.getSpec().getVersions().getFirst().getSchema().getOpenAPIV3Schema();
    }

    private void kind(CustomResourceDefinition definition) {
        CustomResourceDefinitionNames names = definition.getSpec().getNames();
        JSONSchemaProps root = schema(definition);
        text.append("\n## %s\n\n%s\n\n".formatted(names.getKind(), root.getDescription()));
        text.append("%s, `kubectl get %s` or `%s`.\n"
                .formatted(
                        definition.getSpec().getScope().equals("Namespaced") ? "Namespaced" : "Of the cluster",
                        names.getPlural(),
                        names.getShortNames().getFirst()));
        fields(root, "");
        rules(root);
    }

    private void shared(String title, JSONSchemaProps schema) {
        text.append("\n## ").append(title).append('\n');
        fields(schema, "");
        rules(schema);
    }

    private void fields(JSONSchemaProps root, String path) {
        text.append("\n| field | value | default | meaning |\n|---|---|---|---|\n");
        rows(root, path);
    }

    private void rows(JSONSchemaProps object, String path) {
        object.getProperties().forEach((name, schema) -> {
            JSONSchemaProps content =
                    "array".equals(schema.getType()) ? schema.getItems().getSchema() : schema;
            String field = path + name + (content == schema ? "" : "[]");
            text.append("| `%s`%s | %s | %s | %s |\n"
                    .formatted(
                            field,
                            object.getRequired().contains(name) ? " *" : "",
                            value(schema),
                            defaultOf(schema),
                            schema.getDescription()));
            if (!isShared(content)) {
                rows(content, field + ".");
            }
        });
    }

    private static boolean isShared(JSONSchemaProps schema) {
        return isSelector(schema) || isCondition(schema);
    }

    private static boolean isSelector(JSONSchemaProps schema) {
        return schema.getProperties().containsKey("matchLabels");
    }

    private static boolean isCondition(JSONSchemaProps schema) {
        return schema.getProperties().containsKey("lastTransitionTime");
    }

    private static String value(JSONSchemaProps schema) {
        if (isSelector(schema)) {
            return "[LabelSelector](#labelselector)";
        }
        if (isCondition(schema)) {
            return "[Condition](#condition)";
        }
        if (!schema.getEnum().isEmpty()) {
            return schema.getEnum().stream()
                    .map(each -> "`" + each.asText() + "`")
                    .collect(Collectors.joining(", "));
        }
        return switch (schema.getType()) {
            case "integer" -> "%s to %s".formatted(plain(schema.getMinimum()), plain(schema.getMaximum()));
            case "string" ->
                "date-time".equals(schema.getFormat()) ? "time" : "text, at most %d".formatted(schema.getMaxLength());
            case "array" ->
                "list, at most %d: %s"
                        .formatted(schema.getMaxItems(), value(schema.getItems().getSchema()));
            case "object" ->
                schema.getAdditionalProperties() == null ? "object" : "map, at most " + schema.getMaxProperties();
            case null -> "quantity";
            default -> schema.getType();
        };
    }

    private static String plain(Double number) {
        return BigDecimal.valueOf(number).stripTrailingZeros().toPlainString();
    }

    private static String defaultOf(JSONSchemaProps schema) {
        boolean says = schema.getDefault() != null && !schema.getDefault().isObject();
        return says ? "`" + schema.getDefault().asText() + "`" : "";
    }

    private void rules(JSONSchemaProps root) {
        StringBuilder rules = new StringBuilder();
        collect(root, "", rules);
        if (!rules.isEmpty()) {
            text.append("\nA rejection says:\n\n").append(rules);
        }
    }

    private static void collect(JSONSchemaProps schema, String path, StringBuilder rules) {
        schema.getXKubernetesValidations()
                .forEach(rule -> rules.append("- %s%s\n"
                        .formatted(path.isEmpty() ? "" : "`" + path.substring(1) + "`: ", rule.getMessage())));
        // What holds for every selector stands once, in its own section.
        if (!isSelector(schema) || path.isEmpty()) {
            CustomResourceDefinitions.below(schema)
                    .forEach((name, below) ->
                            collect(below, name.equals("[]") ? path + name : path + "." + name, rules));
        }
    }
}
