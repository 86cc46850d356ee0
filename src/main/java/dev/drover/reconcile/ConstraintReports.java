package dev.drover.reconcile;

import dev.drover.api.v1alpha1.ClusterPlacementConstraint;
import dev.drover.api.v1alpha1.Condition;
import dev.drover.api.v1alpha1.During;
import dev.drover.api.v1alpha1.Enforcer;
import dev.drover.api.v1alpha1.PlacementConstraint;
import dev.drover.api.v1alpha1.PlacementConstraintStatus;
import dev.drover.constraint.Conflict;
import dev.drover.constraint.Constraint;
import dev.drover.constraint.ConstraintChecker;
import dev.drover.constraint.ConstraintId;
import dev.drover.constraint.Diagnosis;
import dev.drover.constraint.NativeTerms;
import dev.drover.constraint.Occupancy;
import dev.drover.constraint.Rule;
import dev.drover.constraint.Violation;
import dev.drover.observe.Snapshot;
import dev.drover.service.Outlook;
import dev.drover.status.ConditionType;
import dev.drover.status.Conditions;
import dev.drover.status.Message;
import dev.drover.status.ObjectReason;
import dev.drover.status.Reason;
import dev.drover.status.RuleReason;
import io.fabric8.kubernetes.client.CustomResource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What the status of each constraint says. A pure function of the view. */
final class ConstraintReports {
    static final int MOST_VIOLATIONS = 50;
    static final int MOST_CONFLICTS = 20;

    /** Two machines cannot arrive in another domain at the same moment. */
    private static final String TETHERED =
            " While more than one of them runs, none can be moved to another domain: the rule holds at each instant. Set during to Discrete to let them move.";

    private final View view;
    private final Map<ConstraintId, Constraint> read;
    private final Map<ConstraintId, List<Violation>> violations;
    private final Map<ConstraintId, List<Diagnosis>> diagnoses;

    ConstraintReports(View view) {
        this.view = view;
        Snapshot snapshot = view.snapshot();
        this.read = snapshot.constraints().stream().collect(Collectors.toMap(Constraint::id, Function.identity()));
        Occupancy occupancy = Occupancy.of(snapshot.cluster());
        this.violations = Stream.concat(
                        ConstraintChecker.check(
                                snapshot.cluster(), snapshot.constraints(), occupancy, ConstraintChecker.At.REST)
                                .stream(),
                        ConstraintChecker.unmet(snapshot.cluster(), snapshot.constraints(), occupancy).stream())
                .collect(Collectors.groupingBy(Violation::constraint));
        this.diagnoses = Diagnosis.of(snapshot.cluster(), snapshot.constraints()).stream()
                .collect(Collectors.groupingBy(Diagnosis::constraint));
    }

    /** By uid of the custom resource. */
    Map<String, PlacementConstraintStatus> statuses() {
        Map<String, PlacementConstraintStatus> result = new HashMap<>();
        for (PlacementConstraint resource : view.snapshot().placementConstraints()) {
            result.put(resource.getMetadata().getUid(), status(resource, resource.getStatus()));
        }
        for (ClusterPlacementConstraint resource : view.snapshot().clusterPlacementConstraints()) {
            result.put(resource.getMetadata().getUid(), status(resource, resource.getStatus()));
        }
        return result;
    }

    private PlacementConstraintStatus status(
            CustomResource<?, PlacementConstraintStatus> resource, @Nullable PlacementConstraintStatus before) {
        ConstraintId id = new ConstraintId(
                resource.getKind(),
                Objects.requireNonNullElse(resource.getMetadata().getNamespace(), ""),
                resource.getMetadata().getName(),
                resource.getMetadata().getUid());
        long generation = Objects.requireNonNullElse(resource.getMetadata().getGeneration(), 0L);
        List<Condition> previous = before == null ? List.of() : before.conditions();
        Conditions conditions = new Conditions(previous, generation, view.now());
        Constraint constraint = read.get(id);
        if (constraint == null) {
            String why = view.snapshot().rejected().getOrDefault(id, "The rule has not been read yet.");
            conditions.set(ConditionType.ACCEPTED, false, ObjectReason.INVALID, why);
            conditions.set(ConditionType.READY, false, ObjectReason.INVALID, why);
            return new PlacementConstraintStatus(conditions.toList(), generation, null, null, null, null, null);
        }
        return status(constraint, conditions, generation);
    }

    private PlacementConstraintStatus status(Constraint constraint, Conditions conditions, long generation) {
        ConstraintId id = constraint.id();
        int matched = matched(constraint);
        List<Violation> broken = violations.getOrDefault(id, List.of());
        List<Conflict> conflicts = conflicts(id);
        Verdict accepted = accepted(constraint, matched);
        Verdict conflicting = conflicting(conflicts);
        Verdict satisfied = satisfied(constraint, broken);
        conditions.set(ConditionType.ACCEPTED, accepted.holds(), accepted.reason(), accepted.message());
        conditions.set(ConditionType.SATISFIED, satisfied.holds(), satisfied.reason(), satisfied.message());
        conditions.set(ConditionType.CONFLICTING, conflicting.holds(), conflicting.reason(), conflicting.message());
        Verdict ready = !accepted.holds() ? accepted : conflicting.holds() ? conflicting : satisfied;
        conditions.set(
                ConditionType.READY,
                accepted.holds() && !conflicting.holds() && (satisfied.holds() || !constraint.required()),
                ready.reason(),
                ready.message());
        return new PlacementConstraintStatus(
                conditions.toList(),
                generation,
                enforcer(constraint),
                During.valueOf(constraint.during().name()),
                matched,
                broken.stream()
                        .limit(MOST_VIOLATIONS)
                        .map(violation -> new dev.drover.api.v1alpha1.Violation(
                                violation.vm().toString(),
                                violation.node().isEmpty() ? null : violation.node(),
                                Message.fitting(violation.message())))
                        .toList(),
                conflicts.stream()
                        .flatMap(conflict -> conflict.constraints().stream())
                        .filter(other -> !other.equals(id))
                        .map(ConstraintId::toString)
                        .distinct()
                        .limit(MOST_CONFLICTS)
                        .toList());
    }

    /** Whether the rule was seen, also when it could not be read. */
    boolean knows(ConstraintId rule) {
        return read.containsKey(rule) || view.snapshot().rejected().containsKey(rule);
    }

    /** Whether a rule that is known makes sense and is acted on. */
    Outlook.Finding inForce(ConstraintId rule) {
        Constraint constraint = read.get(rule);
        if (constraint == null) {
            return new Outlook.Finding(
                    false, ObjectReason.INVALID, view.snapshot().rejected().get(rule));
        }
        Verdict accepted = accepted(constraint, 0);
        if (!accepted.holds()) {
            return new Outlook.Finding(false, accepted.reason(), accepted.message());
        }
        Verdict conflicting = conflicting(conflicts(rule));
        boolean active = view.active().contains(constraint);
        return active
                ? new Outlook.Finding(true, RuleReason.ACCEPTED, "")
                : new Outlook.Finding(false, conflicting.reason(), conflicting.message());
    }

    /** Whether nothing breaks a rule that is known. */
    Outlook.Finding holds(ConstraintId rule) {
        Constraint constraint = read.get(rule);
        Verdict verdict = constraint == null
                ? new Verdict(true, RuleReason.SATISFIED, "")
                : satisfied(constraint, violations.getOrDefault(rule, List.of()));
        return new Outlook.Finding(verdict.holds(), verdict.reason(), verdict.message());
    }

    private List<Conflict> conflicts(ConstraintId rule) {
        return view.conflicts().stream()
                .filter(conflict -> conflict.constraints().contains(rule))
                .toList();
    }

    private static Enforcer enforcer(Constraint constraint) {
        return switch (NativeTerms.enforcedBy(constraint)) {
            case SCHEDULER -> Enforcer.SCHEDULER;
            case DROVER -> Enforcer.DROVER;
        };
    }

    private record Verdict(boolean holds, Reason reason, String message) {}

    private Verdict accepted(Constraint constraint, int matched) {
        ConstraintId id = constraint.id();
        String onlyOnVm = view.snapshot().labelsNotOnTemplate().get(id);
        if (onlyOnVm != null) {
            return new Verdict(false, RuleReason.LABELS_NOT_ON_TEMPLATE, onlyOnVm);
        }
        List<Diagnosis> found = diagnoses.getOrDefault(id, List.of());
        if (!found.isEmpty()) {
            Diagnosis diagnosis = found.getLast();
            return switch (diagnosis.kind()) {
                // Rules are often applied before their virtual machines, so this alone is no mistake.
                case NO_VIRTUAL_MACHINES -> new Verdict(true, RuleReason.SELECTOR_MATCHES_NOTHING, diagnosis.message());
                case NO_NODES -> new Verdict(false, RuleReason.UNKNOWN_NODE, diagnosis.message());
                case NO_DOMAINS -> new Verdict(false, RuleReason.UNKNOWN_TOPOLOGY_KEY, diagnosis.message());
                case UNKNOWN_RESOURCE -> new Verdict(false, RuleReason.UNKNOWN_RESOURCE, diagnosis.message());
            };
        }
        String about = "It is about %d virtual machines.".formatted(matched);
        return new Verdict(
                true, RuleReason.ACCEPTED, about + (tethers(constraint.rule(), constraint.during()) ? TETHERED : ""));
    }

    private static boolean tethers(Rule rule, Rule.During during) {
        return during == Rule.During.CONTINUOUS && (rule instanceof Rule.Colocate || rule instanceof Rule.SameDomain);
    }

    private static Verdict conflicting(List<Conflict> conflicts) {
        if (conflicts.isEmpty()) {
            return new Verdict(false, RuleReason.NO_CONFLICT, "");
        }
        Conflict first = conflicts.getFirst();
        Reason reason = first.constraints().size() == 1 ? RuleReason.RULE_CANNOT_HOLD : RuleReason.RULES_CONFLICT;
        return new Verdict(true, reason, first.message());
    }

    private static Verdict satisfied(Constraint constraint, List<Violation> broken) {
        return broken.isEmpty()
                ? new Verdict(true, RuleReason.SATISFIED, "")
                : new Verdict(
                        false,
                        constraint.required() ? RuleReason.VIOLATED : RuleReason.PREFERENCE_UNMET,
                        "%d breaches; the first: %s"
                                .formatted(broken.size(), broken.getFirst().message()));
    }

    private int matched(Constraint constraint) {
        return (int) view.cluster().vms().stream()
                .filter(vm -> constraint.selection().selects(vm, view.cluster().namespaces()))
                .count();
    }
}
