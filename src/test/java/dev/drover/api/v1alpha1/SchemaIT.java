package dev.drover.api.v1alpha1;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drover.api.Definitions;
import dev.drover.api.Kubectl;
import dev.drover.testbed.OnTestbed;
import dev.drover.testbed.Testbed;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What users see of the schemas: defaults, bounds, kubectl explain and kubectl get. */
@OnTestbed
class SchemaIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Map<String, String> VALID_SPECS = Map.of(
            "PlacementPolicy", "{}",
            "PlacementConstraint", "{type: Spread, virtualMachines: {}}",
            "ClusterPlacementConstraint", "{type: Spread, virtualMachines: {}}",
            "VirtualMachineProfile", "{virtualMachines: {name: a}}",
            "ApplicationService", "{applications: []}",
            "MigrationPlan", Objects.PLAN);

    private final KubernetesClient client;
    private final Objects objects;
    private final Kubectl kubectl;

    SchemaIT(Testbed testbed) {
        this.client = testbed.client();
        this.objects = new Objects(client);
        this.kubectl = new Kubectl(testbed.kubeconfig());
    }

    @BeforeAll
    static void install(KubernetesClient client) {
        Definitions.install(client);
    }

    static List<Arguments> defaults() {
        return List.of(
                Arguments.of("PlacementPolicy", "{}", PlacementPolicySpec.defaults()),
                Arguments.of(
                        "VirtualMachineProfile",
                        "{virtualMachines: {name: a}}",
                        new VirtualMachineProfileSpec(new VirtualMachineTarget("a", null), null, null, null, null)),
                Arguments.of(
                        "PlacementConstraint",
                        "{type: Spread, virtualMachines: {}, spread: {}}",
                        nothingElse(ConstraintType.SPREAD)),
                Arguments.of(
                        "PlacementConstraint",
                        "{type: Colocate, virtualMachines: {}, colocate: {}}",
                        nothingElse(ConstraintType.COLOCATE)));
    }

    private static PlacementConstraintSpec nothingElse(ConstraintType type) {
        return new PlacementConstraintSpec(
                LabelSelector.EVERYTHING, type, null, null, null, null, null, null, null, null, null);
    }

    @ParameterizedTest
    @MethodSource
    void defaults(String kind, String written, Object inCode) {
        GenericKubernetesResource stored =
                objects.spec(kind, "default", written).dryRun(true).create();

        assertThat(tree(stored.get("spec"))).isEqualTo(tree(inCode));
    }

    private JsonNode tree(Object value) {
        try {
            return JSON.readTree(client.getKubernetesSerialization().asJson(value));
        } catch (IOException impossible) {
            throw new AssertionError(impossible);
        }
    }

    record Bound(String kind, List<String> path, long outside) {
        @Override
        public String toString() {
            return kind + "." + String.join(".", path) + "=" + outside;
        }
    }

    static List<Bound> bounds() {
        List<Bound> bounds = new ArrayList<>();
        VALID_SPECS
                .keySet()
                .forEach(kind -> collect(
                        kind,
                        List.of(),
                        CustomResourceDefinitions.schemas()
                                .get(kind)
                                .getProperties()
                                .get("spec"),
                        bounds));
        assertThat(bounds).hasSizeGreaterThan(30);
        return bounds;
    }

    private static void collect(String kind, List<String> path, JSONSchemaProps schema, List<Bound> bounds) {
        if ("integer".equals(schema.getType())) {
            bounds.add(new Bound(kind, path, schema.getMinimum().longValue() - 1));
            bounds.add(new Bound(kind, path, schema.getMaximum().longValue() + 1));
        }
        schema.getProperties().forEach((name, below) -> {
            List<String> further = new ArrayList<>(path);
            further.add(name);
            collect(kind, further, below, bounds);
        });
    }

    @ParameterizedTest
    @MethodSource
    void bounds(Bound bound) {
        GenericKubernetesResource object = objects.spec(bound.kind(), "default", VALID_SPECS.get(bound.kind()))
                .item();
        ObjectNode spec = (ObjectNode) tree(object.get("spec"));
        ObjectNode parent = spec;
        for (String name : bound.path().subList(0, bound.path().size() - 1)) {
            parent = parent.withObjectProperty(name);
        }
        parent.put(bound.path().getLast(), bound.outside());
        object.setAdditionalProperty("spec", spec);

        assertThatExceptionOfType(KubernetesClientException.class)
                .isThrownBy(() -> client.resource(object).dryRun(true).create())
                .withMessageContaining("spec." + String.join(".", bound.path()))
                .withMessageContaining("should be");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "mode | Sometimes | \"Automatic\", \"Off\", \"Recommend\"",
                "objective | Tidy | \"Balance\", \"Consolidate\""
            })
    void anUnknownValueIsRejectedWithTheKnownOnes(String field, String value, String known) {
        assertThatExceptionOfType(KubernetesClientException.class)
                .isThrownBy(() -> objects.tryCreate("PlacementPolicy", "default", "{" + field + ": " + value + "}"))
                .withMessageContaining("spec." + field)
                .withMessageContaining(known);
    }

    @Test
    void anUnknownFieldIsRejectedByName() {
        assertThatExceptionOfType(KubernetesClientException.class)
                .isThrownBy(() -> objects.tryCreate("PlacementPolicy", "default", "{headroom: {nodeFailures: 1}}"))
                .withMessageContaining("unknown field \"spec.headroom\"");
    }

    static List<String> kinds() {
        return List.copyOf(CustomResourceDefinitions.schemas().keySet());
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void kubectlExplainsEveryField(String kind) {
        String explained = kubectl.run(
                "explain", kind.toLowerCase(Locale.ROOT), "--api-version=drover.dev/v1alpha1", "--recursive");

        List<String> fields = new ArrayList<>();
        names(CustomResourceDefinitions.schemas().get(kind), fields);
        assertThat(explained)
                .contains("KIND:       " + kind)
                .contains("v1alpha1")
                .contains(fields);
    }

    private static void names(JSONSchemaProps schema, List<String> names) {
        CustomResourceDefinitions.below(schema).forEach((name, below) -> {
            if (!name.equals("[]") && !name.equals("*")) {
                names.add(name);
            }
            names(below, names);
        });
    }

    static List<Arguments> explanations() {
        return List.of(
                Arguments.of("placementpolicy", "How a pool of nodes is run"),
                Arguments.of("pp.spec.budget.windows.schedule", "five fields of a cron expression"),
                Arguments.of("pp.status.conditions.reason", "events and faults use the same"),
                Arguments.of("cplc.spec.capacity.topologyKey", "the limit holds in each domain"),
                Arguments.of("mplan.spec.approval.digest", "a proof that this plan is meant"));
    }

    @ParameterizedTest
    @MethodSource
    void explanations(String field, String text) {
        assertThat(kubectl.run("explain", field).replaceAll("\\s+", " ")).contains(text);
    }
}
