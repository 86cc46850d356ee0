package dev.drover.constraint;

import dev.drover.constraint.Subjects.Copy;
import dev.drover.model.Cluster;
import dev.drover.model.Node;
import dev.drover.model.Resources;
import dev.drover.model.Selector;
import dev.drover.model.Vm;
import dev.drover.model.VmId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Says which constraints are broken, from plain collections. It shares no code with {@link ConstraintCompiler} or the solver, for it
 * judges them: after every solve, on every instant of a plan, and for the status of a constraint. What is only preferred may be
 * broken: that is said only to who asks for it.
 *
 * <p>Of a node that the cluster does not list nothing is known, so nothing is said. Not safe for threads; what is static is a pure
 * function of its arguments.
 */
public final class ConstraintChecker {
    /** What the instant is that is judged. */
    public enum At {
        /** Anything may be moving: required constraints that hold continuously are judged. */
        INSTANT,
        /** Nothing moves: all required constraints are judged. */
        REST
    }

    private final Whereabouts whereabouts;
    private final Subjects subjects;
    private final NodeGroups groups;
    private final NodeDemands demands;
    private final CapacityChecker capacity;
    private final Map<ConstraintId, SortedSet<String>> domainsFor = new HashMap<>();
    private final List<Violation> violations = new ArrayList<>();

    /**
     * Judges instants that go over into each other.
     *
     * @param cluster labels, nodes, and where pinned virtual machines have to stay
     * @param constraints all of them: others say which nodes count for a spread
     * @param whereabouts where the virtual machines are at the instant that is judged, whenever one is judged
     */
    public ConstraintChecker(Cluster cluster, List<Constraint> constraints, Whereabouts whereabouts) {
        this.whereabouts = whereabouts;
        subjects = new Subjects(cluster, whereabouts);
        groups = new NodeGroups(cluster);
        demands = new NodeDemands(cluster, constraints);
        capacity = new CapacityChecker(cluster);
    }

    /**
     * @param cluster labels, nodes, and where pinned virtual machines have to stay
     * @param occupancy where the virtual machines are at the instant that is judged
     * @return in the order of the constraints
     */
    public static List<Violation> check(Cluster cluster, List<Constraint> constraints, Occupancy occupancy, At at) {
        return check(
                cluster,
                constraints,
                occupancy,
                constraint ->
                        constraint.required() && (at == At.REST || constraint.during() == Rule.During.CONTINUOUS));
    }

    /** What constraints that are only preferred miss, were nothing to move any more; in the order of the constraints. */
    public static List<Violation> unmet(Cluster cluster, List<Constraint> constraints, Occupancy occupancy) {
        return check(cluster, constraints, occupancy, constraint -> !constraint.required());
    }

    private static List<Violation> check(
            Cluster cluster, List<Constraint> constraints, Occupancy occupancy, Predicate<Constraint> judged) {
        ConstraintChecker checker = new ConstraintChecker(cluster, constraints, new Whereabouts(cluster, occupancy));
        NodePart everything = NodePart.of(checker.groups.all());
        constraints.stream().filter(judged).forEach(constraint -> checker.check(constraint, everything));
        return List.copyOf(checker.violations);
    }

    /** The virtual machines that a constraint is about: those that it selects and those that it separates them from. */
    public Set<VmId> subjects(Constraint constraint) {
        Set<VmId> result = new HashSet<>();
        subjects.of(constraint.selection()).values().forEach(vm -> result.add(vm.id()));
        if (constraint.rule() instanceof Rule.SeparateFrom rule) {
            subjects.of(rule.others()).values().forEach(vm -> result.add(vm.id()));
        }
        return result;
    }

    /** Whether a constraint also asks who is beside its {@link #subjects}. */
    public static boolean looksBeside(Constraint constraint) {
        return constraint.rule() instanceof Rule.Exclusive || constraint.rule() instanceof Rule.Reserve;
    }

    /** What has to be judged anew when a copy enters or leaves the node; nothing when the cluster does not list it. */
    public Optional<NodePart> part(Constraint constraint, String node) {
        return Optional.ofNullable(groups.named(node))
                .map(known -> NodePart.of(groups.judgedWith(known, constraint.rule())));
    }

    /** What breaks the constraint on the nodes of a {@link #part}, whether it is required and holds continuously or not. */
    public List<Violation> violations(Constraint judged, NodePart part) {
        violations.clear();
        check(judged, part);
        return List.copyOf(violations);
    }

    private void check(Constraint constraint, NodePart part) {
        ConstraintId id = constraint.id();
        List<Copy> selected = subjects.copies(constraint.selection(), part.nodes());
        switch (constraint.rule()) {
            case Rule.Spread spread -> checkSpread(constraint, selected, spread);
            case Rule.Colocate colocate -> checkTogether(id, selected, colocate.topologyKey());
            case Rule.SameDomain sameDomain -> checkTogether(id, selected, sameDomain.topologyKey());
            case Rule.SeparateFrom rule -> checkApart(id, selected, subjects.copies(rule.others(), part.nodes()));
            case Rule.Exclusive exclusive ->
                checkApart(id, selected, subjects.beside(constraint.selection(), selected));
            case Rule.AllowedNodes allowed -> checkNodes(id, selected, allowed.nodes(), true);
            case Rule.ForbiddenNodes forbidden -> checkNodes(id, selected, forbidden.nodes(), false);
            case Rule.Pinned pinned -> checkPinned(id, selected);
            case Rule.Capacity limit -> checkCapacity(id, selected, limit);
            case Rule.Quarantine quarantine -> checkQuarantine(id, selected, quarantine.nodes());
            case Rule.Reserve reserve -> checkReserve(id, selected, reserve.amount());
            case Rule.Overcommit overcommit -> checkOvercommit(id, selected, overcommit);
            case Rule.MaxNodesInUse rule -> checkNodesInUse(id, selected, rule);
        }
    }

    private void report(ConstraintId id, Copy copy, String message) {
        String who =
                "virtual machine " + copy.vm().id() + " on node " + copy.node().name() + " ";
        violations.add(new Violation(id, copy.vm().id(), copy.node().name(), who + message));
    }

    private void checkLabelled(ConstraintId id, List<Copy> copies, String key) {
        for (Copy copy : copies) {
            if (!copy.node().labels().containsKey(key)) {
                report(id, copy, "is in no domain: the node has no label (" + key + ")");
            }
        }
    }

    private static SortedMap<String, List<Copy>> byDomain(Collection<Copy> copies, String key) {
        SortedMap<String, List<Copy>> domains = new TreeMap<>();
        for (Copy copy : copies) {
            String domain = copy.node().labels().get(key);
            if (domain != null) {
                domains.computeIfAbsent(domain, value -> new ArrayList<>()).add(copy);
            }
        }
        return domains;
    }

    private static SortedSet<String> names(Collection<Copy> copies) {
        return copies.stream().map(copy -> copy.vm().id().toString()).collect(Collectors.toCollection(TreeSet::new));
    }

    private void checkSpread(Constraint constraint, List<Copy> selected, Rule.Spread spread) {
        checkLabelled(constraint.id(), selected, spread.topologyKey());
        if (spread.maxSkew().isPresent()) {
            checkSkew(constraint, selected, spread);
        } else {
            checkAllDifferent(constraint.id(), selected, spread.topologyKey());
        }
    }

    private void checkAllDifferent(ConstraintId id, List<Copy> selected, String key) {
        byDomain(selected, key).forEach((domain, copies) -> {
            SortedSet<String> together = names(copies);
            if (together.size() > 1) {
                copies.forEach(copy -> report(id, copy, "shares " + key + "=" + domain + " with others: " + together));
            }
        });
    }

    private void checkSkew(Constraint constraint, List<Copy> selected, Rule.Spread spread) {
        String key = spread.topologyKey();
        SortedMap<String, SortedSet<String>> counted = new TreeMap<>();
        domainsFor
                .computeIfAbsent(
                        constraint.id(),
                        unseen -> demands.domains(
                                key, subjects.of(constraint.selection()).values()))
                .forEach(domain -> counted.put(domain, new TreeSet<>()));
        SortedMap<String, List<Copy>> copies = byDomain(selected, key);
        counted.forEach((domain, members) -> members.addAll(names(copies.getOrDefault(domain, List.of()))));
        Comparator<String> fuller =
                Comparator.comparing(domain -> counted.get(domain).size());
        if (!counted.isEmpty()) {
            String fullest = counted.keySet().stream().max(fuller).orElseThrow();
            String emptiest = counted.keySet().stream().min(fuller).orElseThrow();
            int most = counted.get(fullest).size();
            int least = counted.get(emptiest).size();
            if (most - least > spread.maxSkew().getAsInt()) {
                report(
                        constraint.id(),
                        copies.get(fullest).getLast(),
                        "is one of (" + most + ") in " + key + "=" + fullest + ", and there are (" + least + ") in "
                                + emptiest);
            }
        }
    }

    private void checkTogether(ConstraintId id, List<Copy> selected, String key) {
        checkLabelled(id, selected, key);
        SortedMap<String, List<Copy>> domains = byDomain(selected, key);
        Map<VmId, Set<String>> domainsOf = domainsOf(domains);
        if (domains.size() > 1 && domainsOf.size() > 1) {
            // Outside of a domain are all who are not wholly in it.
            Map<String, Long> wholly = domainsOf.values().stream()
                    .filter(in -> in.size() == 1)
                    .collect(Collectors.groupingBy(in -> in.iterator().next(), Collectors.counting()));
            String home = domains.keySet().stream()
                    .min(Comparator.comparing(domain -> -wholly.getOrDefault(domain, 0L)))
                    .orElseThrow();
            domains.forEach((domain, copies) -> {
                if (!domain.equals(home)) {
                    String message = "is in " + key + "=" + domain + ", most of the others are in " + home;
                    copies.forEach(copy -> report(id, copy, message));
                }
            });
        }
    }

    /** By virtual machine: where it has copies. */
    private static Map<VmId, Set<String>> domainsOf(SortedMap<String, List<Copy>> domains) {
        Map<VmId, Set<String>> result = new HashMap<>();
        domains.forEach((domain, copies) -> copies.forEach(copy ->
                result.computeIfAbsent(copy.vm().id(), _ -> new HashSet<>(1)).add(domain)));
        return result;
    }

    /** A copy of the same virtual machine is no other. */
    private void checkApart(ConstraintId id, List<Copy> selected, List<Copy> others) {
        Map<String, List<Copy>> othersOn = others.stream()
                .collect(Collectors.groupingBy(copy -> copy.node().name()));
        for (Copy copy : selected) {
            SortedSet<String> sharing = names(othersOn.getOrDefault(copy.node().name(), List.of()));
            sharing.remove(copy.vm().id().toString());
            if (!sharing.isEmpty()) {
                report(id, copy, "shares the node with " + sharing);
            }
        }
    }

    private void checkNodes(ConstraintId id, List<Copy> selected, Selector nodes, boolean allowed) {
        for (Copy copy : selected) {
            if (nodes.matches(copy.node().labels()) != allowed) {
                report(id, copy, allowed ? "is on a node that is not allowed" : "is on a forbidden node");
            }
        }
    }

    private void checkPinned(ConstraintId id, List<Copy> selected) {
        for (Copy copy : selected) {
            SortedSet<String> home = origin(copy.vm());
            if (!home.isEmpty() && !home.contains(copy.node().name())) {
                report(id, copy, "is pinned to " + home);
            }
        }
    }

    /** Where the cluster shows its copies. */
    private static SortedSet<String> origin(Vm vm) {
        return Stream.of(vm.node(), vm.target())
                .filter(Objects::nonNull)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private void checkQuarantine(ConstraintId id, List<Copy> selected, Selector quarantined) {
        for (Copy copy : selected) {
            Node home = groups.named(String.valueOf(copy.vm().node()));
            if (origin(copy.vm()).contains(copy.node().name())) {
                continue;
            }
            if (quarantined.matches(copy.node().labels())) {
                report(id, copy, "has entered a node under quarantine");
            } else if (home != null && quarantined.matches(home.labels())) {
                report(id, copy, "has left " + home.name() + ", which is under quarantine");
            }
        }
    }

    /** Nodes that have one of the selected: all that is on them, each of the selected with what is reserved for it if that is more. */
    private void checkReserve(ConstraintId id, List<Copy> selected, Resources reserved) {
        Set<VmId> favoured = selected.stream().map(copy -> copy.vm().id()).collect(Collectors.toSet());
        SortedMap<String, Copy> lastOn = new TreeMap<>();
        selected.forEach(copy -> lastOn.put(copy.node().name(), copy));
        lastOn.forEach((node, copy) -> {
            for (String name : reserved.names()) {
                long sum = capacity.ofOthers(node).get(name);
                for (Vm vm : whereabouts.on(node).values()) {
                    long least = favoured.contains(vm.id()) ? reserved.get(name) : 0;
                    sum += Math.max(least, vm.requests().get(name));
                }
                long room = copy.node().allocatable().get(name);
                if (sum > room) {
                    report(id, copy, "has not what is reserved: (" + sum + ") of " + name + " where (" + room + ") is");
                }
            }
        });
    }

    private void checkOvercommit(ConstraintId id, List<Copy> selected, Rule.Overcommit rule) {
        SortedMap<String, List<Copy>> onNode = new TreeMap<>();
        selected.stream()
                .filter(copy -> rule.nodes().matches(copy.node().labels()))
                .forEach(copy -> onNode.computeIfAbsent(copy.node().name(), node -> new ArrayList<>())
                        .add(copy));
        onNode.values().forEach(copies -> {
            Copy last = copies.getLast();
            long given = copies.stream()
                    .mapToLong(copy -> copy.vm().guest().get(rule.resource()))
                    .sum();
            long has = last.node().allocatable().get(rule.resource());
            if (given * 100 > has * rule.ratioPercent()) {
                String message = "is one of those that are given (" + given + ") of " + rule.resource() + " where (";
                report(id, last, message + has + ") is, of at most (" + rule.ratioPercent() + ") percent");
            }
        });
    }

    private void checkNodesInUse(ConstraintId id, List<Copy> selected, Rule.MaxNodesInUse rule) {
        SortedMap<String, List<Copy>> used = new TreeMap<>();
        selected.stream()
                .filter(copy -> rule.nodes().matches(copy.node().labels()))
                .forEach(copy -> used.computeIfAbsent(copy.node().name(), node -> new ArrayList<>())
                        .add(copy));
        if (domainsOf(used).size() > 1) {
            used.values().stream()
                    .sorted(Comparator.comparing((List<Copy> copies) -> -copies.size()))
                    .skip(rule.max())
                    .flatMap(List::stream)
                    .forEach(copy -> report(
                            id,
                            copy,
                            "is on one of (" + used.size() + ") nodes in use, of at most (" + rule.max() + ")"));
        }
    }

    private void checkCapacity(ConstraintId id, List<Copy> selected, Rule.Capacity capacity) {
        List<Copy> counted = selected.stream()
                .filter(copy -> capacity.nodes().matches(copy.node().labels()))
                .toList();
        String key = capacity.topologyKey();
        SortedMap<String, List<Copy>> domains = key == null ? new TreeMap<>() : byDomain(counted, key);
        if (key == null) {
            domains.put("all selected nodes", counted);
        }
        String unit = capacity.resource() == null ? "virtual machines" : capacity.resource();
        domains.forEach((domain, copies) -> {
            long sum = copies.stream()
                    .mapToLong(copy -> weight(copy.vm().requests(), capacity.resource()))
                    .sum();
            if (!copies.isEmpty() && sum > capacity.max()) {
                String message = "is part of (" + sum + ") " + unit + " on " + domain + ", of at most (";
                report(id, copies.getLast(), message + capacity.max() + ")");
            }
        });
    }

    private static long weight(Resources requests, @Nullable String resource) {
        return resource == null ? 1 : requests.get(resource);
    }
}
