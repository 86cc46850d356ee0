package dev.drover.constraint;

import dev.drover.constraint.Feasibility.Verdict;
import dev.drover.model.Cluster;
import dev.drover.model.Node;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Finds constraints that cannot hold: alone, or together with older ones. Where not all can hold together they are taken in the order
 * of their age; each that contradicts those taken before is named with a minimal set of them, found by leaving out one after another
 * (the deletion filter of Chinneck and Dravnieks 1991).
 *
 * <p>A preference conflicts with nothing. A lack of resources is no conflict, nor is what passes: a cordon, a node that is not ready.
 * What the bounded search cannot decide is not claimed. A pure function of its arguments.
 */
public final class ConflictFinder {
    static final Comparator<Constraint> BY_AGE =
            Comparator.comparing(Constraint::created).thenComparing(Constraint::id);

    private final Cluster cluster;
    private final Feasibility feasibility;
    /** Those that were found to hold with all that they meet. */
    private final Set<Constraint> holding = new HashSet<>();

    private final List<Constraint> accepted = new ArrayList<>();
    private final List<Conflict> conflicts = new ArrayList<>();

    private ConflictFinder(Cluster cluster, int mostBound) {
        this.cluster = cluster;
        feasibility = new Feasibility(cluster, mostBound);
    }

    /** @return in the order in which the newest constraint of each was created; empty when nothing is known to conflict */
    public static List<Conflict> find(Cluster cluster, List<Constraint> constraints) {
        return find(cluster, constraints, PlacementSearch.MAX_VMS);
    }

    /** @param mostBound how many virtual machines a constraint binds that is not wide */
    static List<Conflict> find(Cluster cluster, List<Constraint> constraints, int mostBound) {
        ConflictFinder finder = new ConflictFinder(cluster, mostBound);
        if (!cluster.nodes().isEmpty()) {
            finder.takeAll(constraints.stream()
                    .filter(Constraint::required)
                    .sorted(BY_AGE)
                    .toList());
        }
        return List.copyOf(finder.conflicts);
    }

    /** The constraints to act on: of each conflict the newest is left out. The order stays. */
    public static List<Constraint> withoutConflicting(List<Constraint> constraints, List<Conflict> conflicts) {
        Set<ConstraintId> left = new HashSet<>();
        for (Conflict conflict : conflicts) {
            constraints.stream()
                    .filter(constraint -> conflict.constraints().contains(constraint.id()))
                    .max(BY_AGE)
                    .ifPresent(newest -> left.add(newest.id()));
        }
        return constraints.stream()
                .filter(constraint -> !left.contains(constraint.id()))
                .toList();
    }

    /**
     * Those that can hold all together are in no conflict, though some of them without the others may be: a spread does not count a
     * domain that a newer constraint closes to all of its virtual machines.
     */
    private void takeAll(List<Constraint> byAge) {
        List<Constraint> known = byAge.stream()
                .filter(constraint -> unknownTopology(constraint).isEmpty())
                .toList();
        Set<Constraint> seen = new HashSet<>();
        for (Constraint constraint : known) {
            if (!seen.contains(constraint) && !feasibility.isWide(constraint)) {
                List<Constraint> linked = meeting(constraint, known);
                seen.addAll(linked);
                if (feasibility.judge(linked) instanceof Verdict.Possible) {
                    linked.stream().filter(one -> !feasibility.isWide(one)).forEach(holding::add);
                }
            }
        }
        for (Constraint constraint : byAge) {
            if (holding.contains(constraint)) {
                accepted.add(constraint);
            } else {
                take(constraint);
            }
        }
    }

    private void take(Constraint constraint) {
        Optional<Conflict> unknownKey = unknownTopology(constraint);
        if (unknownKey.isPresent()) {
            conflicts.add(unknownKey.get());
            return;
        }
        for (List<Constraint> impossible = contradicting(constraint);
                !impossible.isEmpty();
                impossible = contradicting(constraint)) {
            List<Constraint> minimal = minimal(impossible);
            if (minimal.isEmpty()) {
                break;
            }
            conflicts.add(conflict(minimal));
            Constraint newest = minimal.getLast();
            if (newest.equals(constraint)) {
                return;
            }
            accepted.remove(newest);
        }
        accepted.add(constraint);
    }

    /** Some of the accepted, in their order, and this one, that cannot hold together; empty when none are found. */
    private List<Constraint> contradicting(Constraint constraint) {
        List<Constraint> meeting = meeting(constraint, accepted);
        if (feasibility.judge(meeting) instanceof Verdict.Impossible impossible) {
            return essence(meeting, impossible);
        }
        return feasibility.isWide(constraint) ? contradictingWide(constraint) : List.of();
    }

    /** What a wide constraint asks of those that others bind, where it was not found yet that all can hold; then what is obvious. */
    private List<Constraint> contradictingWide(Constraint wide) {
        List<Constraint> all = new ArrayList<>(accepted);
        all.add(wide);
        Set<Constraint> seen = new HashSet<>(holding);
        for (Constraint other : accepted) {
            if (!feasibility.isWide(other) && !seen.contains(other)) {
                Set<Constraint> linked = new HashSet<>(meeting(other, all));
                seen.addAll(linked);
                List<Constraint> together =
                        all.stream().filter(linked::contains).toList();
                if (linked.contains(wide) && feasibility.judge(together) instanceof Verdict.Impossible impossible) {
                    return essence(together, impossible);
                }
            }
        }
        return feasibility
                .judgeTogether(all)
                .map(impossible -> concerned(all, impossible))
                .filter(concerned -> feasibility.judge(concerned) instanceof Verdict.Impossible)
                .orElse(List.of());
    }

    /** Those about the virtual machines where they meet, if these cannot hold by themselves: far fewer, perhaps. */
    private List<Constraint> essence(List<Constraint> constraints, Verdict.Impossible impossible) {
        List<Constraint> concerned = concerned(constraints, impossible);
        boolean fewer = concerned.size() < constraints.size();
        return fewer && feasibility.judge(concerned) instanceof Verdict.Impossible ? concerned : constraints;
    }

    private List<Constraint> concerned(List<Constraint> constraints, Verdict.Impossible impossible) {
        return constraints.stream()
                .filter(constraint -> feasibility.concerns(constraint, impossible.vms()))
                .toList();
    }

    private Optional<Conflict> unknownTopology(Constraint constraint) {
        String key = topologyKey(constraint.rule());
        boolean known =
                key == null || cluster.nodes().stream().map(Node::labels).anyMatch(labels -> labels.containsKey(key));
        return known
                ? Optional.empty()
                : Optional.of(new Conflict(
                        List.of(constraint.id()),
                        List.of(),
                        constraint.id() + " groups nodes by the label (" + key + "), which no node has. Correct the "
                                + "topologyKey, or label the nodes."));
    }

    private static @Nullable String topologyKey(Rule rule) {
        return switch (rule) {
            case Rule.Spread spread -> spread.topologyKey();
            case Rule.Colocate colocate -> colocate.topologyKey();
            case Rule.SameDomain sameDomain -> sameDomain.topologyKey();
            case Rule.Capacity capacity -> null;
            case Rule.Quarantine quarantine -> null;
            case Rule.Reserve reserve -> null;
            case Rule.Overcommit overcommit -> null;
            case Rule.MaxNodesInUse maxNodesInUse -> null;
            case Rule.SeparateFrom separateFrom -> null;
            case Rule.AllowedNodes allowedNodes -> null;
            case Rule.ForbiddenNodes forbiddenNodes -> null;
            case Rule.Exclusive exclusive -> null;
            case Rule.Pinned pinned -> null;
        };
    }

    /**
     * Those of {@code others} that a chain of shared virtual machines links to this one, in their order, then this one. A wide one ends the
     * chain, or it would link nearly all; this one, if it is wide, is linked to wide ones only.
     */
    private List<Constraint> meeting(Constraint constraint, List<Constraint> others) {
        Set<Constraint> linked = new HashSet<>();
        Deque<Constraint> open = new ArrayDeque<>(List.of(constraint));
        while (!open.isEmpty()) {
            Constraint next = open.remove();
            BitSet concerned = feasibility.concerned(next);
            for (Constraint other : others) {
                boolean follows = feasibility.isWide(other) || !feasibility.isWide(next);
                if (follows
                        && !other.equals(constraint)
                        && !linked.contains(other)
                        && feasibility.concerned(other).intersects(concerned)) {
                    linked.add(other);
                    open.add(other);
                }
            }
        }
        List<Constraint> result =
                others.stream().filter(linked::contains).collect(Collectors.toCollection(ArrayList::new));
        result.add(constraint);
        return result;
    }

    /** @return in order of age; empty when the search could not decide every step */
    private List<Constraint> minimal(List<Constraint> impossible) {
        List<Constraint> needed = new ArrayList<>(impossible);
        for (Constraint candidate : impossible) {
            List<Constraint> rest =
                    needed.stream().filter(other -> other != candidate).toList();
            switch (feasibility.judge(rest)) {
                case Verdict.Impossible still -> needed.remove(candidate);
                case Verdict.Unknown unknown -> {
                    return List.of();
                }
                case Verdict.Possible possible -> {}
            }
        }
        return needed;
    }

    private Conflict conflict(List<Constraint> minimal) {
        if (!(feasibility.judge(minimal) instanceof Verdict.Impossible impossible)) {
            throw new IllegalStateException(
                    "The constraints (" + ids(minimal)
                            + ") were found to conflict and now do not. This is an error in Drover: report it with the snapshot.");
        }
        String message = minimal.size() == 1
                ? minimal.getFirst().id() + " cannot hold: " + impossible.why() + ". Change or delete it."
                : ids(minimal) + " cannot hold together: " + impossible.why()
                        + ". Change or delete one of them; until then the newest, "
                        + minimal.getLast().id()
                        + ", is not acted on.";
        return new Conflict(minimal.stream().map(Constraint::id).sorted().toList(), impossible.vms(), message);
    }

    private static String ids(List<Constraint> constraints) {
        return constraints.stream()
                .map(Constraint::id)
                .map(ConstraintId::toString)
                .collect(Collectors.joining(" and "));
    }
}
