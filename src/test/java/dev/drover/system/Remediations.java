package dev.drover.system;

import dev.drover.testbed.Testbed;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The remediations of medik8s as their operators write them, without these operators. They are in the namespace default. */
public final class Remediations implements AutoCloseable {
    private static final String SELF_NODE = "self-node-remediation.medik8s.io";
    private static final String FENCE_AGENTS = "fence-agents-remediation.medik8s.io";

    private final Testbed testbed;

    private Remediations(Testbed testbed) {
        this.testbed = testbed;
    }

    /** The API server serves both kinds from now on, until the end. */
    public static Remediations serve(Testbed testbed) {
        testbed.apply(definition(SELF_NODE, "SelfNodeRemediation", "selfnoderemediations"));
        testbed.apply(definition(FENCE_AGENTS, "FenceAgentsRemediation", "fenceagentsremediations"));
        return new Remediations(testbed);
    }

    /** What is like the original here: the names, the scope, and that the status is a subresource. */
    private static String definition(String group, String kind, String plural) {
        return """
                apiVersion: apiextensions.k8s.io/v1
                kind: CustomResourceDefinition
                metadata: {name: %s.%s}
                spec:
                  group: %s
                  names: {kind: %s, listKind: %sList, plural: %s, singular: %s}
                  scope: Namespaced
                  versions:
                    - name: v1alpha1
                      served: true
                      storage: true
                      subresources: {status: {}}
                      schema:
                        openAPIV3Schema:
                          type: object
                          properties:
                            spec: {type: object, x-kubernetes-preserve-unknown-fields: true}
                            status: {type: object, x-kubernetes-preserve-unknown-fields: true}
                """
                .formatted(plural, group, group, kind, kind, plural, kind.toLowerCase(Locale.ROOT));
    }

    public void selfNode(String node) {
        testbed.apply(
                """
                apiVersion: %s/v1alpha1
                kind: SelfNodeRemediation
                metadata: {name: %s, namespace: default}
                spec: {remediationStrategy: ResourceDeletion}
                """
                        .formatted(SELF_NODE, node));
    }

    public void fenceAgents(String node) {
        testbed.apply(
                """
                apiVersion: %s/v1alpha1
                kind: FenceAgentsRemediation
                metadata: {name: %s, namespace: default}
                spec: {agent: fence_ipmilan, remediationStrategy: ResourceDeletion, sharedparameters: {--action: reboot}}
                """
                        .formatted(FENCE_AGENTS, node));
    }

    /** @param conditions each as {@code Type=Status} */
    public void tell(String kind, String node, Instant now, String... conditions) {
        String written = String.join(
                ", ",
                List.of(conditions).stream()
                        .map(condition ->
                                """
                        {"type": "%s", "status": "%s", "reason": "Told", "message": "", "lastTransitionTime": "%s"}"""
                                        .formatted(
                                                condition.replaceFirst("=.*", ""),
                                                condition.replaceFirst(".*=", ""),
                                                now))
                        .toList());
        String group = kind.equals("SelfNodeRemediation") ? SELF_NODE : FENCE_AGENTS;
        testbed.client()
                .genericKubernetesResources(group + "/v1alpha1", kind)
                .inNamespace("default")
                .withName(node)
                .subresource("status")
                .patch(
                        PatchContext.of(PatchType.JSON_MERGE),
                        "{\"status\": {\"conditions\": [%s]}}".formatted(written));
    }

    @Override
    public void close() {
        for (String name : List.of("selfnoderemediations." + SELF_NODE, "fenceagentsremediations." + FENCE_AGENTS)) {
            var definition = testbed.client()
                    .genericKubernetesResources("apiextensions.k8s.io/v1", "CustomResourceDefinition")
                    .withName(name);
            definition.delete();
            Awaiting.until(
                    "The kind (%s) is not served any more".formatted(name),
                    () -> Optional.ofNullable(definition.get()),
                    Optional::isEmpty);
        }
    }
}
