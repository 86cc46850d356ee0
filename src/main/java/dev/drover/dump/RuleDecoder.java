package dev.drover.dump;

import dev.drover.api.v1alpha1.ConstraintRules;
import dev.drover.api.v1alpha1.PlacementPolicySpec;
import dev.drover.constraint.Constraint;
import dev.drover.constraint.ConstraintId;
import dev.drover.constraint.Rule;
import dev.drover.observe.ConstraintReader;
import dev.drover.observe.PolicyReader;
import dev.drover.placement.Goal;
import dev.drover.plan.Budget;
import dev.drover.plan.Policy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads constraints and policies as the operator does, and checks what elsewhere the API server checks before it takes them. */
final class RuleDecoder {
    private static final int HIGHEST_AGGRESSIVENESS = 5;

    private static final int HIGHEST_WEIGHT = 100;

    private final DumpFile file;
    private final Place root;

    RuleDecoder(DumpFile file, Place root) {
        this.file = file;
        this.root = root;
    }

    List<Constraint> constraints() {
        List<Constraint> constraints = new ArrayList<>();
        root.in("constraints").each(file.constraints(), (entry, place) -> {
            String namespace = place.required(entry.namespace(), "namespace");
            ConstraintId id = id("PlacementConstraint", namespace, entry.name(), entry.uid(), place);
            constraints.add(read(id, place.instant(entry.created(), "created"), entry.spec(), place));
        });
        root.in("clusterConstraints").each(file.clusterConstraints(), (entry, place) -> {
            ConstraintId id = id("ClusterPlacementConstraint", "", entry.name(), entry.uid(), place);
            constraints.add(read(id, place.instant(entry.created(), "created"), entry.spec(), place));
        });
        Set<String> known = new HashSet<>();
        Set<String> uids = new HashSet<>();
        for (Constraint constraint : constraints) {
            if (!known.add(constraint.id().toString())
                    || !uids.add(constraint.id().uid())) {
                throw root.in("constraints").wrong("have (" + constraint.id() + ") twice");
            }
        }
        return constraints;
    }

    private static ConstraintId id(
            String kind, String namespace, @Nullable String name, @Nullable String uid, Place place) {
        String given = place.required(name, "name");
        return new ConstraintId(kind, namespace, given, uid == null ? kind + "/" + namespace + "/" + given : uid);
    }

    private static Constraint read(ConstraintId id, Instant created, @Nullable ConstraintRules written, Place place) {
        ConstraintRules spec = place.required(written, "spec");
        place.in("spec").required(spec.type(), "type");
        try {
            Constraint constraint = ConstraintReader.read(id, created, spec);
            check(constraint.rule(), place.in("spec"));
            checkWeight(spec.weight(), place.in("spec"));
            return constraint;
        } catch (IllegalArgumentException unreadable) {
            throw new BadFile(place.in("spec").sentence("cannot be read") + " " + unreadable.getMessage());
        }
    }

    private static void check(Rule rule, Place place) {
        if (rule instanceof Rule.Spread spread && spread.maxSkew().orElse(1) < 1) {
            throw place.in("spread")
                    .in("maxSkew")
                    .wrong("must be 1 or more, and is (" + spread.maxSkew().getAsInt() + ")");
        }
        if (rule instanceof Rule.MaxNodesInUse limit && limit.max() < 1) {
            throw place.in("maxNodesInUse").wrong("must be 1 or more, and is (" + limit.max() + ")");
        }
        if (rule instanceof Rule.Overcommit overcommit && overcommit.ratioPercent() < 1) {
            throw place.in("overcommit").wrong("must be 1 percent or more, and is (" + overcommit.ratioPercent() + ")");
        }
        if (rule instanceof Rule.Capacity capacity && capacity.max() < 0) {
            throw place.in("capacity").wrong("must not be negative, and is (" + capacity.max() + ")");
        }
    }

    private static void checkWeight(@Nullable Integer weight, Place place) {
        if (weight != null && (weight < 1 || weight > HIGHEST_WEIGHT)) {
            throw place.in("weight").wrong("must be from 1 to " + HIGHEST_WEIGHT + ", and is (" + weight + ")");
        }
    }

    List<Dump.Governing> policies() {
        List<Dump.Governing> policies = new ArrayList<>();
        Set<String> names = new HashSet<>();
        root.in("policies").each(file.policies(), (entry, place) -> {
            String name = place.required(entry.name(), "name");
            PlacementPolicySpec spec = place.required(entry.spec(), "spec");
            if (!names.add(name)) {
                throw place.in("name").wrong("repeats the policy (" + name + ")");
            }
            if (spec.nodeSelector() == null && !name.equals(Policy.DEFAULT_NAME)) {
                throw place.in("spec")
                        .wrong("needs a nodeSelector: only the policy (" + Policy.DEFAULT_NAME + ") does without");
            }
            Policy policy = read(name, entry, spec, place);
            check(policy.goal(), place.in("spec"));
            check(policy.budget(), place.in("spec").in("budget"));
            policies.add(new Dump.Governing(policy, Objects.requireNonNullElse(entry.noBalanceBecause(), "")));
        });
        policies.sort(Comparator.comparing(
                        (Dump.Governing governing) -> governing.policy().created())
                .thenComparing(governing -> governing.policy().name()));
        return policies;
    }

    private static Policy read(String name, DumpFile.PolicyEntry entry, PlacementPolicySpec spec, Place place) {
        String uid = entry.uid() == null ? name : entry.uid();
        try {
            return PolicyReader.read(name, uid, place.instant(entry.created(), "created"), spec);
        } catch (IllegalArgumentException unreadable) {
            throw new BadFile(place.in("spec").sentence("cannot be read") + " " + unreadable.getMessage());
        }
    }

    private static void check(Goal goal, Place place) {
        if (goal.aggressiveness() < 1 || goal.aggressiveness() > HIGHEST_AGGRESSIVENESS) {
            throw place.in("aggressiveness")
                    .wrong("must be from 1 to " + HIGHEST_AGGRESSIVENESS + ", and is (" + goal.aggressiveness() + ")");
        }
        Goal.Throughput throughput = goal.throughput();
        double least = Math.min(
                Math.min(goal.cpuWeight(), goal.memoryWeight()),
                Math.min(throughput.networkWeight(), throughput.diskIoWeight()));
        if (least < 0 || goal.cpuWeight() + goal.memoryWeight() == 0) {
            throw place.in("weights").wrong("must not be negative, nor those of cpu and memory both 0");
        }
        if (!isShare(goal.cpuTarget())
                || !isShare(goal.memoryTarget())
                || !isShare(throughput.networkTarget())
                || !isShare(throughput.diskIoTarget())) {
            throw place.in("targetUtilization").wrong("must be percentages from 1 to 100");
        }
    }

    private static boolean isShare(double value) {
        return value > 0 && value <= 1;
    }

    private static void check(Budget budget, Place place) {
        if (budget.maxConcurrent() < 1 || budget.perSourceNode() < 1 || budget.perTargetNode() < 1) {
            throw place.wrong("must let at least one migration run in all, from a node, and to a node");
        }
    }
}
