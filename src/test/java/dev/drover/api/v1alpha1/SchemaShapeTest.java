package dev.drover.api.v1alpha1;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every field of every kind must have, so that kubectl explain is the manual and no rule can be made expensive. */
class SchemaShapeTest {
    /** KubeVirt's schema judges what is in it, by a dry run. */
    private static final String OF_KUBEVIRT = "ApplicationService.spec.applications[].virtualMachines.template.spec";

    static List<String> kinds() {
        return List.copyOf(CustomResourceDefinitions.schemas().keySet());
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void everyFieldIsDescribedAndBounded(String kind) {
        JSONSchemaProps root = CustomResourceDefinitions.schemas().get(kind);
        assertThat(root.getDescription()).isNotBlank();
        root.getProperties().forEach((name, schema) -> check(kind + "." + name, schema));
    }

    private static void check(String path, JSONSchemaProps schema) {
        boolean unnamed = path.endsWith("[]") || path.endsWith("*");
        if (!unnamed) {
            assertThat(schema.getDescription()).as("description of (%s)", path).matches("(?s)[A-Za-z].*[.]");
        }
        switch (schema.getType()) {
            case "string" -> checkString(path, schema);
            case "integer" -> {
                assertThat(schema.getMinimum()).as("minimum of (%s)", path).isNotNull();
                assertThat(schema.getMaximum()).as("maximum of (%s)", path).isNotNull();
            }
            case "array" -> {
                assertThat(schema.getMaxItems()).as("maxItems of (%s)", path).isNotNull();
                assertThat(schema.getXKubernetesListType())
                        .as("list type of (%s)", path)
                        .isNotNull();
            }
            case "object" -> checkObject(path, schema);
            case null -> {
                assertThat(schema.getXKubernetesIntOrString())
                        .as("(%s) is a quantity", path)
                        .isTrue();
                assertThat(schema.getMaxLength()).as("maxLength of (%s)", path).isNotNull();
            }
            default -> throw new AssertionError("(" + path + ") has the type (" + schema.getType() + ")");
        }
        CustomResourceDefinitions.below(schema)
                .forEach((name, below) -> check(name.equals("[]") ? path + name : path + "." + name, below));
    }

    private static void checkString(String path, JSONSchemaProps schema) {
        boolean closed = !schema.getEnum().isEmpty() || "date-time".equals(schema.getFormat());
        assertThat(closed || schema.getMaxLength() != null)
                .as("(%s) has a bound", path)
                .isTrue();
        assertThat(schema.getEnum()).as("values of (%s)", path).noneMatch(value -> value.asText()
                .isEmpty());
    }

    private static void checkObject(String path, JSONSchemaProps schema) {
        if (path.equals(OF_KUBEVIRT)) {
            assertThat(schema.getXKubernetesPreserveUnknownFields()).isTrue();
            return;
        }
        if (schema.getAdditionalProperties() == null) {
            assertThat(schema.getProperties()).as("fields of (%s)", path).isNotEmpty();
        } else {
            assertThat(schema.getMaxProperties())
                    .as("maxProperties of (%s)", path)
                    .isNotNull();
        }
        assertThat(schema.getXKubernetesPreserveUnknownFields())
                .as("(%s) takes unknown fields", path)
                .isNull();
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void conditionsAndNamedEntriesAreMergedByTheirKeys(String kind) {
        Map<String, JSONSchemaProps> status = CustomResourceDefinitions.schemas()
                .get(kind)
                .getProperties()
                .get("status")
                .getProperties();

        assertThat(status.get("conditions").getXKubernetesListMapKeys()).containsExactly("type");
        assertThat(status.get("conditions").getItems().getSchema().getRequired())
                .contains("type", "status", "reason", "message", "lastTransitionTime");
    }
}
