package dev.drover.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.crdv2.generator.CRDGenerator;
import io.fabric8.crdv2.generator.CRDPostProcessor;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceColumnDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Renders the definitions in {@code crds/} from the classes of the API; the same classes always give the same text. */
final class CustomResourceDefinitions {
    static final List<Class<? extends HasMetadata>> KINDS = List.of(
            PlacementPolicy.class,
            PlacementConstraint.class,
            ClusterPlacementConstraint.class,
            VirtualMachineProfile.class,
            VirtualMachinePlacement.class,
            NodeInventory.class,
            MigrationPlan.class,
            ApplicationService.class);

    /** Lists whose entries have a name: two appliers may each own entries of one list, and a name occurs once. */
    private static final Map<String, String> KEYS = Map.of(
            "conditions", "type",
            "moves", "id",
            "leftoverTerms", "rule",
            "previousNodes", "migration",
            "constraints", "name",
            "quarantinedNodes", "node",
            "applications", "name",
            "dependsOn", "application",
            "virtualMachines", "name");

    private static final String QUANTITY =
            "^[+-]?([0-9]+|[0-9]+[.][0-9]*|[.][0-9]+)([KMGTPE]i|[numkMGTPE]|[eE][+-]?[0-9]+)?$";

    private CustomResourceDefinitions() {}

    /** The definitions by the names of their files. */
    static SortedMap<String, String> render() {
        SortedMap<String, ByteArrayOutputStream> written = new TreeMap<>();
        new CRDGenerator()
                .customResourceClasses(KINDS)
                .forCRDVersions("v1")
                .withParallelGenerationEnabled(false)
                .withPostProcessor(new CRDPostProcessor() {
                    @Override
                    public HasMetadata process(HasMetadata crd, String version) {
                        return finish((CustomResourceDefinition) crd);
                    }
                })
                .withOutput(new CRDGenerator.CRDOutput<OutputStream>() {
                    @Override
                    public OutputStream outputFor(String name) {
                        return written.computeIfAbsent(name, any -> new ByteArrayOutputStream());
                    }

                    @Override
                    public void close() {}
                })
                .generate();
        SortedMap<String, String> files = new TreeMap<>();
        written.forEach((name, text) ->
                files.put(name.replaceFirst("-v1$", "") + ".yaml", text.toString(StandardCharsets.UTF_8)));
        return files;
    }

    /** The schemas by kind. */
    static SortedMap<String, JSONSchemaProps> schemas() {
        SortedMap<String, JSONSchemaProps> schemas = new TreeMap<>();
        definitions()
                .forEach(crd -> schemas.put(
                        crd.getSpec().getNames().getKind(),
                        crd.getSpec().getVersions().getFirst().getSchema().getOpenAPIV3Schema()));
        return schemas;
    }

    static List<CustomResourceDefinition> definitions() {
        return render().values().stream()
                .map(yaml -> Serialization.unmarshal(yaml, CustomResourceDefinition.class))
                .toList();
    }

    /** What a schema consists of: its properties by name, "*" for the values of a map, "[]" for the entries of a list. */
    static SortedMap<String, JSONSchemaProps> below(JSONSchemaProps schema) {
        SortedMap<String, JSONSchemaProps> below = new TreeMap<>();
        if (schema.getProperties() != null) {
            below.putAll(schema.getProperties());
        }
        if (schema.getAdditionalProperties() != null) {
            below.put("*", schema.getAdditionalProperties().getSchema());
        }
        if (schema.getItems() != null) {
            below.put("[]", schema.getItems().getSchema());
        }
        return below;
    }

    private static CustomResourceDefinition finish(CustomResourceDefinition crd) {
        crd.getMetadata().setAnnotations(null);
        Class<?> kind = KINDS.stream()
                .filter(each ->
                        each.getSimpleName().equals(crd.getSpec().getNames().getKind()))
                .findFirst()
                .orElseThrow();
        crd.getSpec().getVersions().forEach(version -> {
            inDeclaredOrder(version.getAdditionalPrinterColumns(), kind);
            JSONSchemaProps root = version.getSchema().getOpenAPIV3Schema();
            root.setDescription(kind.getAnnotation(JsonClassDescription.class).value());
            root.getProperties().entrySet().removeIf(CustomResourceDefinitions::saysNothing);
            finishProperties(root);
        });
        return crd;
    }

    /** The generator sorts the columns by their paths; people read them from left to right. */
    private static void inDeclaredOrder(List<CustomResourceColumnDefinition> columns, Class<?> kind) {
        List<String> names = Arrays.stream(kind.getAnnotationsByType(AdditionalPrinterColumn.class))
                .map(AdditionalPrinterColumn::name)
                .toList();
        columns.sort(Comparator.comparingInt(column -> names.indexOf(column.getName())));
    }

    /** The spec of a kind that has none. */
    private static boolean saysNothing(Map.Entry<String, JSONSchemaProps> property) {
        return property.getKey().equals("spec")
                && property.getValue().getProperties().isEmpty();
    }

    private static void finishProperties(JSONSchemaProps object) {
        object.getProperties().forEach((name, property) -> {
            switch (property.getType()) {
                case "array" -> finishList(name, property);
                case "integer" -> property.setFormat(property.getMaximum() > Integer.MAX_VALUE ? "int64" : "int32");
                case "object" -> finishObject(name, property);
                case null -> finishUntyped(property);
                default -> {}
            }
            onlyOnce(property);
        });
    }

    private static void finishList(String name, JSONSchemaProps list) {
        JSONSchemaProps item = list.getItems().getSchema();
        if (KEYS.containsKey(name) && item.getProperties().containsKey(KEYS.get(name))) {
            list.setXKubernetesListType("map");
            list.setXKubernetesListMapKeys(List.of(KEYS.get(name)));
        } else {
            list.setXKubernetesListType("string".equals(item.getType()) ? "set" : "atomic");
        }
        finishProperties(item);
    }

    /** A selector belongs to one applier as a whole: half of one selects something that nobody asked for. */
    private static void finishObject(String name, JSONSchemaProps object) {
        if (name.endsWith("elector")
                || name.equals("virtualMachines") && !object.getProperties().containsKey("template")) {
            object.setXKubernetesMapType("atomic");
        }
        finishProperties(object);
    }

    private static void finishUntyped(JSONSchemaProps property) {
        if (Boolean.TRUE.equals(property.getXKubernetesPreserveUnknownFields())) {
            property.setType("object");
        } else {
            finishQuantity(property);
        }
    }

    private static void finishQuantity(JSONSchemaProps quantity) {
        quantity.setMaxLength(32L);
        if (quantity.getXKubernetesValidations().isEmpty()) {
            quantity.setPattern(QUANTITY);
        }
    }

    /** The generator finds a rule on a record's component and once more on its accessor. */
    private static void onlyOnce(JSONSchemaProps property) {
        property.setXKubernetesValidations(new ArrayList<>(new LinkedHashSet<>(property.getXKubernetesValidations())));
    }
}
