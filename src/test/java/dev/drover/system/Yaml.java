package dev.drover.system;

/** Drover's objects as users write them; members in YAML's flow style. */
public final class Yaml {

    private Yaml() {}

    /** The policy named default: quick to move again, so that tests need not wait. */
    public static String policy(String mode, String admission, String... more) {
        return policyNamed("default", "mode: \"%s\", admission: %s".formatted(mode, admission), more);
    }

    /** A policy whose budget has no pauses. */
    public static String policyNamed(String name, String members, String... more) {
        return """
                apiVersion: drover.dev/v1alpha1
                kind: PlacementPolicy
                metadata: {name: %s}
                spec: {%s%s, budget: {cooldownSeconds: 0, perVirtualMachinePerDay: 10}}
                """
                .formatted(name, members, joined(more));
    }

    /** A rule over the virtual machines of the namespace default that have these labels. */
    public static String rule(String name, String labels, String rule) {
        return """
                apiVersion: drover.dev/v1alpha1
                kind: PlacementConstraint
                metadata: {name: %s, namespace: default}
                spec: {virtualMachines: {matchLabels: {%s}}, %s}
                """
                .formatted(name, labels, rule);
    }

    /** A rule over the virtual machines of all namespaces that have these labels. */
    public static String clusterRule(String name, String labels, String rule) {
        return """
                apiVersion: drover.dev/v1alpha1
                kind: ClusterPlacementConstraint
                metadata: {name: %s}
                spec: {virtualMachines: {matchLabels: {%s}}, %s}
                """
                .formatted(name, labels, rule);
    }

    private static String joined(String... more) {
        return more.length == 0 ? "" : ", " + String.join(", ", more);
    }
}
