package dev.drover.observe;

import dev.drover.api.v1alpha1.ClusterPlacementConstraint;
import dev.drover.api.v1alpha1.ClusterPlacementConstraintSpec;
import dev.drover.api.v1alpha1.ConstraintRules;
import dev.drover.api.v1alpha1.Enforcement;
import dev.drover.api.v1alpha1.PlacementConstraint;
import dev.drover.api.v1alpha1.PlacementConstraintSpec;
import dev.drover.constraint.Constraint;
import dev.drover.constraint.ConstraintId;
import dev.drover.constraint.Rule;
import dev.drover.constraint.Selection;
import dev.drover.model.Resources;
import dev.drover.model.Selector;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Quantity;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads constraints from the custom resources that users write. */
public final class ConstraintReader {

    private static final int USUAL_WEIGHT = 50;

    private ConstraintReader() {}

    static ConstraintId id(PlacementConstraint resource) {
        ObjectMeta meta = resource.getMetadata();
        return new ConstraintId("PlacementConstraint", meta.getNamespace(), meta.getName(), meta.getUid());
    }

    static ConstraintId id(ClusterPlacementConstraint resource) {
        ObjectMeta meta = resource.getMetadata();
        return new ConstraintId("ClusterPlacementConstraint", "", meta.getName(), meta.getUid());
    }

    /** @throws IllegalArgumentException with a message for the author when it cannot be read */
    static Constraint read(PlacementConstraint resource) {
        return read(id(resource), created(resource.getMetadata()), resource.getSpec());
    }

    /** @throws IllegalArgumentException with a message for the author when it cannot be read */
    static Constraint read(ClusterPlacementConstraint resource) {
        return read(id(resource), created(resource.getMetadata()), resource.getSpec());
    }

    /**
     * @param id of a custom resource of the kind that {@code spec} belongs to
     * @throws IllegalArgumentException with a message for the author when it cannot be read
     */
    public static Constraint read(ConstraintId id, Instant created, ConstraintRules spec) {
        Selector virtualMachines = SelectorReader.read(spec.virtualMachines());
        return switch (spec) {
            case PlacementConstraintSpec own -> {
                Selection selection = Selection.inNamespace(id.namespace(), virtualMachines);
                Rule rule = rule(own, selection, null);
                yield constraint(id, selection, rule, own, created);
            }
            case ClusterPlacementConstraintSpec all -> {
                Selector namespaces = all.namespaceSelector() == null
                        ? Selector.EVERYTHING
                        : SelectorReader.read(all.namespaceSelector());
                Selection selection = new Selection(virtualMachines, Set.of(), namespaces);
                Rule rule = rule(all, selection, all);
                yield constraint(id, selection, rule, all, created);
            }
        };
    }

    static Instant created(ObjectMeta meta) {
        return Instant.parse(meta.getCreationTimestamp());
    }

    private static Constraint constraint(
            ConstraintId id, Selection selection, Rule rule, ConstraintRules spec, Instant created) {
        Constraint required = new Constraint(id, selection, rule, created).during(during(spec, rule));
        return spec.enforcement() == Enforcement.PREFERRED
                ? required.preferred(spec.weight() == null ? USUAL_WEIGHT : spec.weight())
                : required;
    }

    private static Rule.During during(ConstraintRules spec, Rule rule) {
        return switch (spec.during()) {
            case CONTINUOUS -> Rule.During.CONTINUOUS;
            case DISCRETE -> Rule.During.DISCRETE;
            case null -> rule.usualDuring();
        };
    }

    /** @param cluster the same when it is of the cluster kind */
    private static Rule rule(
            ConstraintRules spec, Selection selection, @Nullable ClusterPlacementConstraintSpec cluster) {
        return switch (spec.type()) {
            case SPREAD -> spread(member(spec.spread(), "spread"));
            case COLOCATE ->
                new Rule.Colocate(member(spec.colocate(), "colocate").topologyKey());
            case SAME_DOMAIN ->
                new Rule.SameDomain(member(spec.sameDomain(), "sameDomain").topologyKey());
            case SEPARATE_FROM ->
                new Rule.SeparateFrom(new Selection(
                        SelectorReader.read(
                                member(spec.separateFrom(), "separateFrom").selector()),
                        selection.namespaces(),
                        selection.namespaceSelector()));
            case ALLOWED_NODES ->
                new Rule.AllowedNodes(SelectorReader.read(
                        member(spec.allowedNodes(), "allowedNodes").nodeSelector()));
            case FORBIDDEN_NODES ->
                new Rule.ForbiddenNodes(SelectorReader.read(
                        member(spec.forbiddenNodes(), "forbiddenNodes").nodeSelector()));
            case EXCLUSIVE -> new Rule.Exclusive();
            case PINNED -> new Rule.Pinned();
            case CAPACITY, QUARANTINE, RESERVE, OVERCOMMIT, MAX_NODES_IN_USE ->
                ofCluster(member(cluster, "kind of the cluster"));
        };
    }

    private static Rule ofCluster(ClusterPlacementConstraintSpec spec) {
        return switch (spec.type()) {
            case QUARANTINE ->
                new Rule.Quarantine(SelectorReader.read(
                        member(spec.quarantine(), "quarantine").nodeSelector()));
            case RESERVE -> reserve(member(spec.reserve(), "reserve"));
            case OVERCOMMIT -> {
                ConstraintRules.Overcommit overcommit = member(spec.overcommit(), "overcommit");
                yield new Rule.Overcommit(
                        SelectorReader.read(overcommit.nodeSelector()),
                        switch (member(overcommit.resource(), "overcommit.resource")) {
                            case CPU -> Resources.CPU;
                            case MEMORY -> Resources.MEMORY;
                        },
                        member(overcommit.ratioPercent(), "overcommit.ratioPercent"));
            }
            case MAX_NODES_IN_USE -> {
                ConstraintRules.MaxNodesInUse limit = member(spec.maxNodesInUse(), "maxNodesInUse");
                yield new Rule.MaxNodesInUse(
                        SelectorReader.read(limit.nodeSelector()), member(limit.max(), "maxNodesInUse.max"));
            }
            default -> capacity(member(spec.capacity(), "capacity"));
        };
    }

    private static Rule reserve(ConstraintRules.Reserve reserve) {
        Map<String, String> amounts = new HashMap<>();
        if (reserve.cpu() != null) {
            amounts.put(Resources.CPU, reserve.cpu().toString());
        }
        if (reserve.memory() != null) {
            amounts.put(Resources.MEMORY, reserve.memory().toString());
        }
        return new Rule.Reserve(Amounts.read(amounts));
    }

    private static Rule spread(ConstraintRules.Spread spread) {
        return new Rule.Spread(
                spread.topologyKey(),
                spread.maxSkew() == null ? OptionalInt.empty() : OptionalInt.of(spread.maxSkew()));
    }

    private static Rule capacity(ConstraintRules.Capacity capacity) {
        Selector nodes = SelectorReader.read(capacity.nodeSelector());
        if (capacity.maxVirtualMachines() != null) {
            return new Rule.Capacity(nodes, null, capacity.maxVirtualMachines(), capacity.topologyKey());
        }
        String resource = member(capacity.resource(), "capacity.resource");
        return new Rule.Capacity(
                nodes, resource, amount(resource, member(capacity.max(), "capacity.max")), capacity.topologyKey());
    }

    private static long amount(String resource, Quantity max) {
        if (resource.equals(Resources.PODS)) {
            throw new IllegalArgumentException(
                    "The resource (pods) cannot be limited. Give maxVirtualMachines in place of resource and max.");
        }
        return Amounts.read(resource, max.toString());
    }

    private static <T> T member(@Nullable T member, String name) {
        if (member == null) {
            throw new IllegalArgumentException(
                    "The member (" + name + ") that this type needs is missing. Add it to spec, or change spec.type.");
        }
        return member;
    }
}
