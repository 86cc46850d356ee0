package dev.drover.plan;

import dev.drover.constraint.CapacityChecker;
import dev.drover.constraint.Constraint;
import dev.drover.constraint.ConstraintChecker;
import dev.drover.constraint.ConstraintChecker.At;
import dev.drover.constraint.NativeTermsChecker;
import dev.drover.constraint.NodePart;
import dev.drover.constraint.Occupancy;
import dev.drover.constraint.Rule;
import dev.drover.constraint.Violation;
import dev.drover.constraint.Whereabouts;
import dev.drover.model.Cluster;
import dev.drover.model.Node;
import dev.drover.model.VmId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Judges the many instants of one plan with the independent checkers. A step changes little, so only what can depend on it is judged
 * anew: the nodes whose copies changed, and of each constraint the part that they belong to. Not safe for threads.
 */
final class Instants {
    private final Whereabouts whereabouts;
    private final ConstraintChecker checker;
    private final CapacityChecker capacity;
    private final NativeTermsChecker scheduler;
    private final Breaches before;
    private final Map<String, Node> nodes = new HashMap<>();
    private final List<Judged> judged = new ArrayList<>();
    private final Map<VmId, List<Judged>> about = new HashMap<>();
    /** Of these the constraints that ask who is beside the virtual machine too. */
    private final Map<VmId, List<Judged>> besides = new HashMap<>();

    private final SortedMap<String, List<String>> overloads = new TreeMap<>();
    private final Set<String> outdated = new HashSet<>();

    /** A constraint, what breaks it in each of its parts where something does, and what of that is new. */
    private static final class Judged {
        private final Constraint constraint;
        private final SortedMap<String, List<Violation>> violations = new TreeMap<>();
        private final Map<String, NodePart> outdated = new HashMap<>();
        private List<String> news = List.of();

        private Judged(Constraint constraint) {
            this.constraint = constraint;
        }
    }

    /** Begins with the instant that the cluster shows. */
    Instants(Cluster cluster, List<Constraint> constraints) {
        Occupancy now = Occupancy.of(cluster);
        whereabouts = new Whereabouts(cluster, now);
        checker = new ConstraintChecker(cluster, constraints, whereabouts);
        capacity = new CapacityChecker(cluster);
        scheduler = new NativeTermsChecker(cluster, whereabouts);
        before = Breaches.of(cluster, constraints, now, At.INSTANT);
        cluster.nodes().forEach(node -> nodes.put(node.name(), node));
        constraints.stream()
                .filter(constraint -> constraint.required() && constraint.during() == Rule.During.CONTINUOUS)
                .forEach(this::add);
    }

    private void add(Constraint constraint) {
        Judged one = new Judged(constraint);
        judged.add(one);
        for (Violation violation : before.of(constraint.id())) {
            String part = checker.part(constraint, violation.node())
                    .map(NodePart::name)
                    .orElse("");
            one.violations.computeIfAbsent(part, unseen -> new ArrayList<>()).add(violation);
        }
        for (VmId vm : checker.subjects(constraint)) {
            about.computeIfAbsent(vm, unseen -> new ArrayList<>()).add(one);
            if (ConstraintChecker.looksBeside(constraint)) {
                besides.computeIfAbsent(vm, unseen -> new ArrayList<>()).add(one);
            }
        }
    }

    /** Goes over to the instant at which these nodes hold the copies of the virtual machine. */
    void put(VmId vm, Set<String> copies) {
        for (String node : whereabouts.put(vm, copies)) {
            outdated.add(node);
            outdate(about, vm, node);
            whereabouts.on(node).values().forEach(other -> outdate(besides, other.id(), node));
        }
    }

    private void outdate(Map<VmId, List<Judged>> constraints, VmId vm, String node) {
        for (Judged one : constraints.getOrDefault(vm, List.of())) {
            checker.part(one.constraint, node).ifPresent(part -> one.outdated.put(part.name(), part));
        }
    }

    Set<String> nodes(VmId vm) {
        return whereabouts.nodes(vm);
    }

    Occupancy occupancy() {
        return whereabouts.occupancy();
    }

    /** Why kube-scheduler would now refuse to put the next pod of the virtual machine on the node. */
    List<String> refusals(VmId vm, String node) {
        return scheduler.refusals(vm, node);
    }

    /** Whether kube-scheduler could refuse it for what is missing, and not only for what is there. */
    boolean needsOthers(VmId vm) {
        return scheduler.needsOthers(vm);
    }

    /** What is wrong at this instant and was not, or was less, in the cluster: the answer of {@link Breaches#since}, in some order. */
    List<String> news() {
        outdated.stream().map(nodes::get).filter(Objects::nonNull).forEach(this::judge);
        outdated.clear();
        List<String> news = new ArrayList<>();
        for (Judged one : judged) {
            if (!one.outdated.isEmpty()) {
                judge(one);
            }
            news.addAll(one.news);
        }
        overloads.values().forEach(news::addAll);
        return news;
    }

    private void judge(Judged one) {
        one.outdated.forEach((name, part) -> {
            List<Violation> violations = checker.violations(one.constraint, part);
            if (violations.isEmpty()) {
                one.violations.remove(name);
            } else {
                one.violations.put(name, violations);
            }
        });
        one.outdated.clear();
        one.news = before.newsOf(
                one.constraint,
                one.violations.values().stream().flatMap(List::stream).toList());
    }

    private void judge(Node node) {
        overloads.put(
                node.name(),
                capacity.check(node, whereabouts.on(node.name()).values()).stream()
                        .flatMap(overload -> before.newsOf(overload).stream())
                        .toList());
    }
}
