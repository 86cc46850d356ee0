package dev.drover.placement;

import dev.drover.placement.search.Problem;
import dev.drover.placement.search.Problem.Groups;
import dev.drover.placement.search.Problem.MoveCosts;
import dev.drover.placement.search.Problem.SameDomain;
import dev.drover.placement.search.Problem.Stranding;
import dev.drover.placement.search.Problem.Topology;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/**
 * An instance as numbers for the search on flat arrays. In it is what may move; the rest is room that is taken. Its resources are
 * what pods request, held at both ends, and then what virtual machines need, as often as it has a knee: demand above the target and
 * above allocatable is contention; above what each would have if all had the same, it is imbalance, in steps.
 */
final class FlatInstance {
    /** One average node's demand above its target, in units of the search's cost. */
    private static final double UNIT = 1e12;

    private static final int NO_LIMIT = 1 << 30;
    /** Amounts are rounded to at most so many parts, so that a node and all that it holds fit in 32 bits. */
    private static final long FINEST = 1 << 28;

    /** Imbalance counts from these multiples of the threshold above the mean, and there it counts this much of contention. */
    private static final double[] EVENING_KNEES = {0.5, 1, 2};

    private static final double EVENING_PART = 0.1;

    private final Arrangement at;
    private final Sizes sizes;
    private final Load load;
    private final int nodes;
    private final int[] vms;
    private final FlatRules.Limits limits;
    private final List<Column> columns = new ArrayList<>();

    /** One resource of the problem: for each node its capacity and comfort, for each virtual machine its demand. */
    private record Column(int[] capacity, int[] comfort, int[] demand, long weight, boolean isHeld) {}

    /**
     * @param worth says what a migration has to be worth and from where on imbalance counts
     * @param keepsWishes see {@link WideSearch}
     */
    FlatInstance(Arrangement at, Worth worth, boolean keepsWishes) {
        this.at = at;
        limits = limits(keepsWishes);
        sizes = at.sizes();
        load = at.load;
        nodes = at.instance.cluster().nodes().size();
        vms = at.movable().stream().toArray();
        for (int column = 0; column < sizes.columns(); column++) {
            columns.add(requested(column));
        }
        for (int kind = 0; kind < load.kinds(); kind++) {
            if (load.weight(kind) > 0 && load.average(kind) > 0) {
                addNeeded(kind, worth);
            }
        }
    }

    private FlatRules.Limits limits(boolean keepsWishes) {
        int[] breaches = new int[at.rules()];
        Arrays.fill(breaches, Integer.MAX_VALUE);
        BitSet closed = new BitSet();
        if (keepsWishes) {
            Arrays.setAll(breaches, rule -> at.rule(rule).breaches());
            if (at.instance.goal().consolidates()) {
                at.load.scope().stream().filter(node -> !at.load.isInUse(node)).forEach(closed::set);
            }
        }
        return new FlatRules.Limits(breaches, closed);
    }

    /** For each number of the problem the index of the virtual machine in the cluster. */
    int[] vms() {
        return vms;
    }

    /** For each number of the problem the node where the arrangement has it. */
    int[] nodeOf() {
        return Arrays.stream(vms).map(at::node).toArray();
    }

    Problem problem() {
        int resources = columns.size();
        int[] capacity = new int[nodes * resources];
        int[] comfort = new int[nodes * resources];
        int[] demand = new int[vms.length * resources];
        long[] weight = new long[resources];
        boolean[] isHeld = new boolean[resources];
        for (int r = 0; r < resources; r++) {
            Column column = columns.get(r);
            weight[r] = column.weight();
            isHeld[r] = column.isHeld();
            spreadOut(column.capacity(), capacity, r, resources);
            spreadOut(column.comfort(), comfort, r, resources);
            spreadOut(column.demand(), demand, r, resources);
        }
        return new Problem(
                nodes,
                vms.length,
                resources,
                capacity,
                comfort,
                demand,
                weight,
                isHeld,
                Arrays.stream(vms).map(at::home).toArray(),
                Groups.none(vms.length),
                Topology.flat(nodes),
                SameDomain.NONE,
                new Stranding[0],
                new MoveCosts(moveCosts(), 0, new int[0]),
                () -> new FlatRules(at.instance, sizes, vms, limits));
    }

    private static void spreadOut(int[] column, int[] rows, int r, int resources) {
        for (int row = 0; row < column.length; row++) {
            rows[row * resources + r] = column[row];
        }
    }

    private long[] moveCosts() {
        return Arrays.stream(vms)
                .mapToLong(vm -> Math.round(UNIT * (at.price(vm) + Worth.RELIEF_PER_MOVE)))
                .toArray();
    }

    /** Room is rounded down and requests are rounded up, so that what fits here fits. */
    private Column requested(int column) {
        long[] room = new long[nodes];
        for (int node = 0; node < nodes; node++) {
            room[node] = sizes.room()[node * sizes.columns() + column];
        }
        BitSet movable = at.movable();
        for (int vm = 0; vm < sizes.home().length; vm++) {
            int home = sizes.home()[vm];
            int bound = sizes.bound()[vm];
            long amount = sizes.request()[vm * sizes.columns() + column];
            if (home >= 0 && !movable.get(vm)) {
                room[home] -= amount;
                if (bound != home) {
                    room[bound] -= amount;
                }
            }
        }
        long part = part(Arrays.stream(room).max().orElse(0));
        int[] capacity = Arrays.stream(room)
                .mapToInt(amount -> (int) Math.max(-NO_LIMIT, Math.floorDiv(amount, part)))
                .toArray();
        int[] demand = Arrays.stream(vms)
                .mapToLong(vm -> sizes.request()[vm * sizes.columns() + column])
                .mapToInt(amount -> (int) Math.min(NO_LIMIT, Math.ceilDiv(amount, part)))
                .toArray();
        return new Column(capacity, capacity, demand, 0, true);
    }

    private static long part(long most) {
        return Math.max(1, Math.ceilDiv(most, FINEST));
    }

    private void addNeeded(int kind, Worth worth) {
        BitSet scope = load.scope();
        addKnee(kind, scope, load.target(kind), 1);
        addKnee(kind, scope, 1, 1);
        if (worth.evens()) {
            double mean = load.mean() / load.weight(kind);
            double step = worth.threshold() / load.weight(kind);
            for (double knee : EVENING_KNEES) {
                addKnee(kind, load.open(), mean + knee * step, EVENING_PART);
            }
        }
    }

    /** @param share of allocatable from which on it costs, on these nodes */
    private void addKnee(int kind, BitSet where, double share, double weight) {
        long[] taken = taken(kind);
        long most = 1;
        for (int node = 0; node < nodes; node++) {
            most = Math.max(most, Math.max(load.allocatable(node, kind), taken[node]));
        }
        long part = part(most);
        int[] comfort = new int[nodes];
        for (int node = 0; node < nodes; node++) {
            double comfortable = (share * load.allocatable(node, kind) - taken[node]) / part;
            comfort[node] = where.get(node) && load.isScored(node, kind)
                    ? (int) Math.max(-NO_LIMIT, Math.min(NO_LIMIT, Math.round(comfortable)))
                    : NO_LIMIT;
        }
        int[] capacity = new int[nodes];
        Arrays.fill(capacity, NO_LIMIT);
        int[] demand = Arrays.stream(vms)
                .mapToLong(vm -> Math.round(load.demand(vm, kind) / (double) part))
                .mapToInt(amount -> (int) Math.min(NO_LIMIT, amount))
                .toArray();
        columns.add(
                new Column(capacity, comfort, demand, Math.round(weight * UNIT * part / load.average(kind)), false));
    }

    /** What is used of a node by all that is not in the problem. */
    private long[] taken(int kind) {
        long[] taken = new long[nodes];
        for (int node = 0; node < nodes; node++) {
            taken[node] = load.use(node, kind);
        }
        for (int vm : vms) {
            taken[at.node(vm)] -= load.demand(vm, kind);
        }
        return taken;
    }
}
