package dev.drover.demo;

import dev.drover.api.v1alpha1.LabelSelector;
import dev.drover.api.v1alpha1.PlacementConstraint;
import dev.drover.api.v1alpha1.PlacementConstraintSpec;
import dev.drover.constraint.Constraint;
import dev.drover.constraint.ConstraintId;
import dev.drover.constraint.Rule;
import dev.drover.constraint.Selection;
import dev.drover.model.Selector;
import java.time.Instant;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.stream.Collectors;

/** Reads the demo's rules from their custom resources, by itself: whoever judges the operator must not share its reading. */
final class Rulebook {

    private Rulebook() {}

    /** @throws IllegalArgumentException when the rule is of a kind that the demo does not use */
    static Constraint read(PlacementConstraint resource) {
        var meta = resource.getMetadata();
        PlacementConstraintSpec spec = resource.getSpec();
        return new Constraint(
                new ConstraintId(resource.getKind(), meta.getNamespace(), meta.getName(), meta.getUid()),
                Selection.inNamespace(meta.getNamespace(), selector(spec.virtualMachines())),
                rule(meta.getName(), spec),
                Instant.parse(meta.getCreationTimestamp()));
    }

    /** In one line, for people. */
    static String describe(PlacementConstraint resource) {
        String what =
                switch (read(resource).rule()) {
                    case Rule.Spread spread -> "Spread over " + spread.topologyKey();
                    case Rule.AllowedNodes allowed -> "AllowedNodes " + words(allowed.nodes());
                    case Rule.ForbiddenNodes forbidden -> "ForbiddenNodes " + words(forbidden.nodes());
                    default -> resource.getSpec().type().toString();
                };
        return "rule %s: %s, for the virtual machines %s"
                .formatted(
                        resource.getMetadata().getName(),
                        what,
                        words(selector(resource.getSpec().virtualMachines())));
    }

    private static String words(Selector selector) {
        return selector.requirements().stream()
                .map(requirement -> requirement.key() + "=" + String.join(" or ", requirement.values()))
                .collect(Collectors.joining(", "));
    }

    private static Rule rule(String name, PlacementConstraintSpec spec) {
        return switch (spec.type()) {
            case SPREAD -> spread(Objects.requireNonNull(spec.spread()));
            case ALLOWED_NODES ->
                new Rule.AllowedNodes(
                        selector(Objects.requireNonNull(spec.allowedNodes()).nodeSelector()));
            case FORBIDDEN_NODES ->
                new Rule.ForbiddenNodes(
                        selector(Objects.requireNonNull(spec.forbiddenNodes()).nodeSelector()));
            default ->
                throw new IllegalArgumentException("The demo cannot judge the rule (" + name + ") of type ("
                        + spec.type() + "). Use Spread, AllowedNodes or ForbiddenNodes in manifests/demo.");
        };
    }

    private static Rule spread(PlacementConstraintSpec.Spread spread) {
        Integer maxSkew = spread.maxSkew();
        return new Rule.Spread(spread.topologyKey(), maxSkew == null ? OptionalInt.empty() : OptionalInt.of(maxSkew));
    }

    private static Selector selector(LabelSelector selector) {
        if (!selector.matchExpressions().isEmpty()) {
            throw new IllegalArgumentException("The demo cannot judge a rule with matchExpressions ("
                    + selector.matchExpressions() + "). Use matchLabels in manifests/demo.");
        }
        return Selector.of(selector.matchLabels());
    }
}
