package dev.drover.demo;

import dev.drover.api.v1alpha1.Application;
import dev.drover.api.v1alpha1.ApplicationConstraint;
import dev.drover.api.v1alpha1.ApplicationService;
import dev.drover.api.v1alpha1.LabelSelector;
import dev.drover.api.v1alpha1.PlacementConstraint;
import dev.drover.api.v1alpha1.PlacementConstraintSpec;
import dev.drover.constraint.Constraint;
import dev.drover.constraint.ConstraintId;
import dev.drover.constraint.Rule;
import dev.drover.constraint.Selection;
import dev.drover.model.Selector;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.stream.Collectors;

/** Reads the demo's rules from their custom resources, by itself: whoever judges the operator must not share its reading. */
final class Rulebook {

    /** The labels that Drover gives to the virtual machines of templates. */
    static final String SERVICE = "drover.dev/service";

    static final String APPLICATION = "drover.dev/application";

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

    /**
     * What the applications of the service ask for.
     *
     * @throws IllegalArgumentException when a rule is of a kind that the demo does not use
     */
    static List<Constraint> read(ApplicationService service) {
        List<Constraint> rules = new ArrayList<>();
        String name = service.getMetadata().getName();
        for (Application application : service.getSpec().applications()) {
            for (int place = 0; place < application.constraints().size(); place++) {
                ApplicationConstraint written = application.constraints().get(place);
                String rule = name + "." + application.name() + "." + place;
                rules.add(new Constraint(
                        new ConstraintId(
                                service.getKind(), service.getMetadata().getNamespace(), rule, rule),
                        Selection.inNamespace(
                                service.getMetadata().getNamespace(),
                                Selector.of(Map.of(SERVICE, name, APPLICATION, application.name()))),
                        rule(rule, written.over(LabelSelector.EVERYTHING)),
                        Instant.EPOCH));
            }
        }
        return rules;
    }

    /** In one line, for people. */
    static String describe(Constraint constraint) {
        String what =
                switch (constraint.rule()) {
                    case Rule.Spread spread -> "Spread over " + spread.topologyKey();
                    case Rule.Colocate colocate -> "Colocate in one " + colocate.topologyKey();
                    case Rule.AllowedNodes allowed -> "AllowedNodes " + words(allowed.nodes());
                    case Rule.ForbiddenNodes forbidden -> "ForbiddenNodes " + words(forbidden.nodes());
                    default -> constraint.rule().getClass().getSimpleName();
                };
        return "rule %s: %s, for the virtual machines %s"
                .formatted(
                        constraint.id().name(),
                        what,
                        words(constraint.selection().virtualMachines()));
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
            case COLOCATE ->
                new Rule.Colocate(Objects.requireNonNull(spec.colocate()).topologyKey());
            default ->
                throw new IllegalArgumentException("The demo cannot judge the rule (" + name + ") of type ("
                        + spec.type() + "). Use Spread, Colocate, AllowedNodes or ForbiddenNodes in manifests/demo.");
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
