package dev.drover.plan;

import dev.drover.constraint.CapacityChecker;
import dev.drover.constraint.Constraint;
import dev.drover.constraint.ConstraintChecker;
import dev.drover.constraint.ConstraintChecker.At;
import dev.drover.constraint.Occupancy;
import dev.drover.constraint.Rule;
import dev.drover.model.Cluster;
import dev.drover.model.Node;
import dev.drover.model.Vm;
import dev.drover.model.VmId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Judges the many instants of one plan with the independent checkers. A step changes little, so each part of an answer is found once
 * and kept: what a constraint says depends only on where its subjects are, and what a node can hold only on whose copies are on it.
 * Not safe for threads.
 */
final class Instants {
    private final Cluster cluster;
    private final List<Constraint> constraints;
    private final CapacityChecker capacity;
    private final Breaches before;
    private final List<Judged> judged;
    private final Map<String, Map<List<Vm>, List<String>>> loads = new HashMap<>();

    /** A constraint and what it says of places that its subjects were seen in. */
    private record Judged(Constraint constraint, List<VmId> subjects, Map<List<Set<String>>, List<String>> news) {}

    Instants(Cluster cluster, List<Constraint> constraints) {
        this.cluster = cluster;
        this.constraints = constraints;
        capacity = new CapacityChecker(cluster);
        before = Breaches.of(cluster, constraints, Occupancy.of(cluster), At.INSTANT);
        judged = constraints.stream()
                .filter(constraint -> constraint.during() == Rule.During.CONTINUOUS)
                .map(constraint ->
                        new Judged(constraint, ConstraintChecker.subjects(cluster, constraint), new HashMap<>()))
                .toList();
    }

    /** What is wrong at this instant and was not, or was less, in the cluster: the answer of {@link Breaches#since}. */
    List<String> news(Occupancy occupancy) {
        List<String> news = new ArrayList<>();
        for (Judged one : judged) {
            List<Set<String>> places =
                    one.subjects().stream().map(occupancy::nodes).toList();
            news.addAll(one.news().computeIfAbsent(places, seen -> newsOf(one.constraint(), occupancy)));
        }
        Map<String, List<Vm>> copies = CapacityChecker.copiesOn(cluster, occupancy);
        for (Node node : cluster.nodes()) {
            List<Vm> there = copies.getOrDefault(node.name(), List.of());
            news.addAll(loads.computeIfAbsent(node.name(), name -> new HashMap<>())
                    .computeIfAbsent(there, seen -> newsOf(node, there)));
        }
        return news;
    }

    private List<String> newsOf(Constraint constraint, Occupancy occupancy) {
        return before.newsOf(constraint, ConstraintChecker.checkOne(cluster, constraints, constraint, occupancy));
    }

    private List<String> newsOf(Node node, List<Vm> copies) {
        return capacity.check(node, copies).stream()
                .flatMap(overload -> before.newsOf(overload).stream())
                .toList();
    }
}
