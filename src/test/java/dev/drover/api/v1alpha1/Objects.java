package dev.drover.api.v1alpha1;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.FieldValidateable.Validation;
import io.fabric8.kubernetes.client.dsl.NamespaceableResource;
import java.util.Map;

/** Objects of the API as a user writes them, in YAML. */
final class Objects {
    static final String PLAN =
            """
            policy: default
            reason: Balance
            expected: {scoreBefore: 60, scoreAfter: 90}
            snapshot: {time: "2026-01-01T00:00:00Z", digest: d1}
            moves:
            - {id: m0, virtualMachine: {namespace: shop, name: web-0, uid: u0}, from: n1, to: n2, reason: Balance, priority: 1}
            - {id: m1, virtualMachine: {namespace: shop, name: web-1, uid: u1}, from: n1, to: n3, reason: Balance, priority: 2}
            """;

    private static final Map<String, Boolean> NAMESPACED = Map.of(
            "PlacementPolicy", false,
            "PlacementConstraint", true,
            "ClusterPlacementConstraint", false,
            "VirtualMachineProfile", true,
            "VirtualMachinePlacement", true,
            "NodeInventory", false,
            "MigrationPlan", false,
            "ApplicationService", true);

    private final KubernetesClient client;

    Objects(KubernetesClient client) {
        this.client = client;
    }

    /** @param section "spec" or "status"; @param yaml what is in it */
    NamespaceableResource<GenericKubernetesResource> object(String kind, String name, String section, String yaml) {
        String text =
                """
                apiVersion: drover.dev/v1alpha1
                kind: %s
                metadata: {name: %s%s}
                %s:
                %s
                """
                        .formatted(
                                kind,
                                name,
                                NAMESPACED.get(kind) ? ", namespace: default" : "",
                                section,
                                yaml.indent(2));
        return client.resource(client.getKubernetesSerialization().unmarshal(text, GenericKubernetesResource.class));
    }

    NamespaceableResource<GenericKubernetesResource> spec(String kind, String name, String yaml) {
        return object(kind, name, "spec", yaml);
    }

    /** Whether the API server would take the object, without keeping it. A field that does not exist is an error. */
    void tryCreate(String kind, String name, String spec) {
        spec(kind, name, spec).dryRun(true).fieldValidation(Validation.STRICT).create();
    }
}
