package dev.drover.oracle;

import dev.drover.constraint.Constraint;
import dev.drover.constraint.Rule;
import dev.drover.constraint.Selection;
import dev.drover.model.Cluster;
import dev.drover.model.Node;
import dev.drover.model.Pod;
import dev.drover.model.Resources;
import dev.drover.model.Scheduling;
import dev.drover.model.Selector;
import dev.drover.model.Taint;
import dev.drover.model.Vm;
import dev.drover.oracle.PlainRule.Apart;
import dev.drover.oracle.PlainRule.AtMost;
import dev.drover.oracle.PlainRule.Level;
import dev.drover.oracle.PlainRule.Together;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Reads a cluster and its constraints as their documentation has it. It knows nothing of terms of pods about other pods, and leaves out what
 * is only preferred.
 */
final class Reading {
    private static final String[] KINDS = {Resources.CPU, Resources.MEMORY};

    private final Cluster cluster;
    private final List<Constraint> constraints;
    private final List<Node> nodes;
    private final List<Vm> vms;

    /** Whether what nodes can give counts; a lack of it is no contradiction of rules. */
    private final boolean isRoomLimited;

    private Reading(Cluster cluster, List<Constraint> constraints, boolean isRoomLimited) {
        this.isRoomLimited = isRoomLimited;
        this.cluster = cluster;
        this.constraints = constraints.stream().filter(Constraint::required).toList();
        nodes = cluster.nodes();
        vms = cluster.vms();
    }

    /**
     * Where the virtual machines may be moved: each that can migrate to any node that admits it.
     *
     * @param cluster without virtual machines that start
     */
    static SmallCase toMove(Cluster cluster, List<Constraint> constraints) {
        Reading reading = new Reading(cluster, constraints, true);
        return reading.read(reading::afterMoving);
    }

    /**
     * Where the virtual machines could be if only the constraints counted: each stays or is on any node that admits it. What passes
     * is left out: cordons, nodes that are not ready, taints of the control plane, migrations in flight; and those that start and that
     * no node would take whatever the constraints.
     */
    static SmallCase toHold(Cluster cluster, List<Constraint> constraints) {
        Cluster lasting = withVms(
                cluster,
                cluster.nodes().stream().map(Reading::lasting).toList(),
                cluster.vms().stream().map(vm -> vm.at(vm.node(), null)).toList());
        Reading free = new Reading(lasting, List.of(), false);
        List<Vm> placeable = lasting.vms().stream()
                .filter(vm -> vm.node() != null || lasting.nodes().stream().anyMatch(node -> free.admits(vm, node)))
                .toList();
        Reading reading = new Reading(withVms(lasting, lasting.nodes(), placeable), constraints, false);
        return reading.read(reading::whereverAllowed);
    }

    private static Cluster withVms(Cluster cluster, List<Node> nodes, List<Vm> vms) {
        return new Cluster(cluster.takenAt(), nodes, vms, cluster.pods(), cluster.migrations(), cluster.namespaces());
    }

    private static Node lasting(Node node) {
        return node.inState(true, false)
                .with(node.taints().stream()
                        .filter(taint -> !taint.key().startsWith("node.kubernetes.io/"))
                        .toList());
    }

    private interface Options {
        BitSet of(int vm);
    }

    private SmallCase read(Options options) {
        int[] source = vms.stream().mapToInt(vm -> index(vm.node())).toArray();
        int[] rest = vms.stream()
                .mapToInt(vm -> index(vm.target() == null ? vm.node() : vm.target()))
                .toArray();
        BitSet outlawed = vms(vm -> vm.node() != null && vm.target() == null && isOutlawed(vm, node(vm.node())));
        SortedSet<String> names = new TreeSet<>();
        vms.forEach(vm -> names.addAll(vm.requests().names()));
        return new SmallCase(
                source,
                rest,
                IntStream.range(0, vms.size()).mapToObj(options::of).toList(),
                outlawed,
                amounts(vms.stream().map(Vm::requests).toList(), names),
                amounts(nodes.stream().map(this::room).toList(), names),
                scaled(vms.stream().map(vm -> vm.demand().amount()).toList()),
                scaled(nodes.stream().map(Node::allocatable).toList()),
                scaled(nodes.stream().map(this::otherUse).toList()),
                constraints.stream()
                        .flatMap(constraint -> rules(constraint).stream())
                        .toList());
    }

    private int index(@Nullable String name) {
        return IntStream.range(0, nodes.size())
                .filter(node -> nodes.get(node).name().equals(name))
                .findFirst()
                .orElse(-1);
    }

    private Node node(String name) {
        return nodes.get(index(name));
    }

    private BitSet afterMoving(int index) {
        Vm vm = vms.get(index);
        boolean stays = !vm.migratability().live() || vm.target() != null || isHeld(vm);
        BitSet options = stays ? new BitSet() : nodes(node -> admits(vm, node));
        options.set(index(vm.target() == null ? vm.node() : vm.target()));
        return options;
    }

    private BitSet whereverAllowed(int index) {
        Vm vm = vms.get(index);
        boolean stays = vm.node() != null && isHeld(vm);
        BitSet options = stays ? new BitSet() : nodes(node -> admits(vm, node));
        if (vm.node() != null && !isOutlawed(vm, node(vm.node()))) {
            options.set(index(vm.node()));
        }
        return options;
    }

    private boolean isSelected(Selection selection, Vm vm) {
        return selection.selects(vm, cluster.namespaces());
    }

    private boolean isPinned(Vm vm) {
        return constraints.stream()
                .anyMatch(constraint ->
                        constraint.rule() instanceof Rule.Pinned && isSelected(constraint.selection(), vm));
    }

    /** Whether it must not leave its node. */
    private boolean isHeld(Vm vm) {
        return isPinned(vm) || vm.node() != null && isClosed(vm, node(vm.node()));
    }

    /** Whether a node is under quarantine for a virtual machine. */
    private boolean isClosed(Vm vm, Node node) {
        return constraints.stream()
                .anyMatch(constraint -> constraint.rule() instanceof Rule.Quarantine rule
                        && rule.nodes().matches(node.labels())
                        && isSelected(constraint.selection(), vm));
    }

    private boolean admits(Vm vm, Node node) {
        return isReachable(vm, node) && !isOutlawed(vm, node);
    }

    /** By the state of the node, and by what the virtual machine and constraints about single nodes demand. */
    private boolean isReachable(Vm vm, Node node) {
        Scheduling scheduling = vm.scheduling();
        Map<String, String> labels = new HashMap<>(node.labels());
        boolean selected =
                labels.entrySet().containsAll(scheduling.nodeSelector().entrySet());
        labels.put(Scheduling.NODE_NAME_KEY, node.name());
        boolean affine = scheduling.nodeTerms().isEmpty()
                || scheduling.nodeTerms().stream()
                        .anyMatch(term -> !term.equals(Selector.EVERYTHING) && term.matches(labels));
        boolean tolerated = node.taints().stream()
                .allMatch(taint -> taint.effect() == Taint.Effect.PREFER_NO_SCHEDULE
                        || scheduling.tolerations().stream().anyMatch(toleration -> toleration.tolerates(taint)));
        return node.ready()
                && !node.cordoned()
                && selected
                && affine
                && tolerated
                && !isClosed(vm, node)
                && constraints.stream().allMatch(constraint -> allows(constraint, vm, node));
    }

    private boolean allows(Constraint constraint, Vm vm, Node node) {
        boolean allowed =
                switch (constraint.rule()) {
                    case Rule.AllowedNodes rule -> rule.nodes().matches(node.labels());
                    case Rule.ForbiddenNodes rule -> !rule.nodes().matches(node.labels());
                    case Rule.Reserve rule ->
                        rule.amount().names().stream()
                                .allMatch(name -> rule.amount().get(name)
                                        <= node.allocatable().get(name));
                    default -> true;
                };
        return allowed || !isSelected(constraint.selection(), vm);
    }

    /** Whether a constraint wants a virtual machine off a node, whoever else is there: the node is not allowed, or in no domain. */
    private boolean isOutlawed(Vm vm, Node node) {
        return constraints.stream()
                .anyMatch(constraint -> !allows(constraint, vm, node)
                        || isSelected(constraint.selection(), vm)
                                && !node.labels().keySet().containsAll(keysNeeded(constraint.rule())));
    }

    private static List<String> keysNeeded(Rule rule) {
        return switch (rule) {
            case Rule.Spread spread -> List.of(spread.topologyKey());
            case Rule.Colocate colocate -> List.of(colocate.topologyKey());
            case Rule.SameDomain sameDomain -> List.of(sameDomain.topologyKey());
            default -> List.of();
        };
    }

    private List<PlainRule> rules(Constraint constraint) {
        BitSet members = vms(vm -> isSelected(constraint.selection(), vm));
        boolean continuous = constraint.during() == Rule.During.CONTINUOUS;
        return switch (constraint.rule()) {
            case Rule.Spread spread
            when spread.maxSkew().isPresent() ->
                List.of(new Level(
                        within(domains(spread.topologyKey()), members),
                        members,
                        spread.maxSkew().getAsInt(),
                        continuous));
            case Rule.Spread spread -> List.of(new Apart(domains(spread.topologyKey()), members, members, continuous));
            case Rule.Colocate rule -> List.of(new Together(domains(rule.topologyKey()), members, 1, continuous));
            case Rule.SameDomain rule -> List.of(new Together(domains(rule.topologyKey()), members, 1, continuous));
            case Rule.SeparateFrom rule ->
                List.of(new Apart(everyNode(), members, vms(vm -> isSelected(rule.others(), vm)), continuous));
            case Rule.Exclusive rule ->
                List.of(new Apart(
                        everyNode(), members, vms(vm -> !isSelected(constraint.selection(), vm)), continuous));
            case Rule.Capacity rule -> List.of(capacity(rule, members, continuous));
            case Rule.AllowedNodes rule -> List.of();
            case Rule.ForbiddenNodes rule -> List.of();
            case Rule.Pinned rule -> List.of();
            case Rule.Quarantine rule -> List.of();
            case Rule.MaxNodesInUse rule ->
                List.of(new Together(
                        within(everyNode(), node -> rule.nodes().matches(node.labels())),
                        members,
                        rule.max(),
                        continuous));
            case Rule.Reserve rule -> isRoomLimited ? reserves(rule.amount(), members, continuous) : List.of();
            case Rule.Overcommit rule -> List.of(given(rule, members, continuous));
        };
    }

    private AtMost capacity(Rule.Capacity rule, BitSet members, boolean continuous) {
        int[] all = rule.topologyKey() == null ? new int[nodes.size()] : domains(rule.topologyKey());
        int[] domains = within(all, node -> rule.nodes().matches(node.labels()));
        long[] weights = vms.stream()
                .mapToLong(vm -> rule.resource() == null ? 1 : vm.requests().get(rule.resource()))
                .toArray();
        long[] most = new long[nodes.size()];
        Arrays.fill(most, rule.max());
        return new AtMost(domains, members, members, weights, most, continuous);
    }

    /** What the guests on each node are given. */
    private AtMost given(Rule.Overcommit rule, BitSet members, boolean continuous) {
        int[] domains = within(everyNode(), node -> rule.nodes().matches(node.labels()));
        long[] weights =
                vms.stream().mapToLong(vm -> vm.guest().get(rule.resource())).toArray();
        long[] most = nodes.stream()
                .mapToLong(node -> node.allocatable().get(rule.resource()) * rule.ratioPercent() / 100)
                .toArray();
        return new AtMost(domains, members, members, weights, most, continuous);
    }

    /** For each resource what each node has where one of the members is, counting for each of those what is reserved for it if that is more. */
    private List<PlainRule> reserves(Resources amount, BitSet members, boolean continuous) {
        BitSet everybody = vms(vm -> true);
        List<PlainRule> rules = new ArrayList<>();
        for (String name : amount.names()) {
            long[] weights = new long[vms.size()];
            for (int vm = 0; vm < weights.length; vm++) {
                long requested = vms.get(vm).requests().get(name);
                weights[vm] = members.get(vm) ? Math.max(requested, amount.get(name)) : requested;
            }
            long[] most = nodes.stream().mapToLong(node -> room(node).get(name)).toArray();
            rules.add(new AtMost(everyNode(), everybody, members, weights, most, continuous));
        }
        return rules;
    }

    private int[] everyNode() {
        return IntStream.range(0, nodes.size()).toArray();
    }

    private int[] domains(String key) {
        List<String> values = nodes.stream()
                .map(node -> node.labels().get(key))
                .filter(value -> value != null)
                .distinct()
                .toList();
        return nodes.stream()
                .mapToInt(node -> values.indexOf(node.labels().getOrDefault(key, "")))
                .toArray();
    }

    /** Without the domains that no member could ever enter. */
    private int[] within(int[] domains, BitSet members) {
        BitSet reached = new BitSet();
        for (int node = 0; node < domains.length; node++) {
            Node one = nodes.get(node);
            if (domains[node] >= 0 && members.stream().anyMatch(vm -> isReachable(vms.get(vm), one))) {
                reached.set(domains[node]);
            }
        }
        return Arrays.stream(domains)
                .map(domain -> domain >= 0 && reached.get(domain) ? domain : -1)
                .toArray();
    }

    private int[] within(int[] domains, Predicate<Node> kept) {
        return IntStream.range(0, domains.length)
                .map(node -> kept.test(nodes.get(node)) ? domains[node] : -1)
                .toArray();
    }

    private BitSet nodes(Predicate<Node> predicate) {
        BitSet set = new BitSet();
        IntStream.range(0, nodes.size())
                .filter(node -> predicate.test(nodes.get(node)))
                .forEach(set::set);
        return set;
    }

    private BitSet vms(Predicate<Vm> predicate) {
        BitSet set = new BitSet();
        IntStream.range(0, vms.size()).filter(vm -> predicate.test(vms.get(vm))).forEach(set::set);
        return set;
    }

    private Resources others(Node node) {
        Resources sum = Resources.NONE;
        for (Pod pod : cluster.pods()) {
            if (node.name().equals(pod.node()) && !pod.isLauncher()) {
                sum = sum.plus(pod.requests());
            }
        }
        return sum;
    }

    private Resources room(Node node) {
        return node.allocatable().minus(others(node));
    }

    private Resources otherUse(Node node) {
        return node.otherUsage() == null ? others(node) : node.otherUsage();
    }

    private static long[][] amounts(List<Resources> rows, SortedSet<String> names) {
        return rows.stream()
                .map(row -> names.stream().mapToLong(row::get).toArray())
                .toArray(long[][]::new);
    }

    /** CPU in tenths and memory in halves of a GiB, so that sums of products stay far from the largest number. */
    private static long[][] scaled(List<Resources> rows) {
        long[] units = {100, 1L << 29};
        List<long[]> result = new ArrayList<>();
        for (Resources row : rows) {
            long[] amounts = new long[KINDS.length];
            for (int kind = 0; kind < KINDS.length; kind++) {
                amounts[kind] = Math.divideExact(row.get(KINDS[kind]), units[kind]);
                if (amounts[kind] * units[kind] != row.get(KINDS[kind])) {
                    throw new IllegalArgumentException("The amount (" + row.get(KINDS[kind]) + ") of " + KINDS[kind]
                            + " is no multiple of (" + units[kind] + "). Round it.");
                }
            }
            result.add(amounts);
        }
        return result.toArray(long[][]::new);
    }
}
