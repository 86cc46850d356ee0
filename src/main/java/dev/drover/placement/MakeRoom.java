package dev.drover.placement;

import dev.drover.model.Cluster;
import dev.drover.model.Vm;
import dev.drover.model.VmId;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.function.IntConsumer;
import java.util.function.ToDoubleFunction;

/**
 * Which moves let a virtual machine in that finds no node: the fewest, and of those the cheapest that are found. Who is in its way on one
 * node goes elsewhere; for one of these another may have to go first. Where a rule wants members even or together, they come to where it
 * misses them. A depth-first search, deeper by one move at a time, that asks so
 * many questions and no more; where it runs out of them it may miss what is there, but what it finds can be made. Not safe for threads.
 */
public final class MakeRoom {
    private static final int MOST_MOVES = 3;

    /** One that is in the way may have another one in its way. */
    private static final int DEPTH = 2;

    /** How many nodes are tried for one that moves. */
    private static final int TARGETS = 4;

    /** For one guest. */
    private static final int MOST_QUESTIONS = 50_000;

    private static final int MOST_GUESTS = 10;

    private final Cluster cluster;
    private final Openings openings;
    private final BitSet movable;
    private final BitSet everywhere;
    private final double[] seconds;
    private final List<List<Integer>> residents = new ArrayList<>();
    private int guest;
    private final List<Step> path = new ArrayList<>();
    private List<Step> best = List.of();
    private double least = Double.POSITIVE_INFINITY;
    private int left;
    private int questions;

    private record Step(int vm, int from, int to, int toAdmit) {}

    private MakeRoom(Instance instance, List<Integer> guests, ToDoubleFunction<Vm> migrationSeconds) {
        cluster = instance.cluster();
        openings = new Openings(cluster, instance.rules(), instance.nodes(), instance.goal());
        everywhere = instance.nodes();
        movable = Scope.movable(instance, openings.sizes());
        seconds = cluster.vms().stream().mapToDouble(migrationSeconds).toArray();
        cluster.nodes().forEach(node -> residents.add(new ArrayList<>()));
        movable.stream().forEach(vm -> residents.get(openings.node(vm)).add(vm));
        List<Gang> alone = guests.stream()
                .map(vm -> Gang.of(new Start(vm, cluster.vms().get(vm).requests(), false)))
                .toList();
        alone.forEach(gang -> openings.arrive(gang.starts().getFirst()));
        new StartBatch(openings).place(alone);
    }

    /**
     * @param guests indexes of virtual machines that have no node; those of the instance that may be moved may be moved for them
     * @param migrationSeconds how long a migration takes, estimated
     * @return the moves, at most three, that let in one more of the guests than find a node without, in an order in which each fits; none
     *     when all find one, or when nothing was found
     */
    public static List<Relocation> find(
            Instance instance, List<Integer> guests, ToDoubleFunction<Vm> migrationSeconds) {
        MakeRoom search = new MakeRoom(instance, guests, migrationSeconds);
        return guests.stream()
                .filter(guest -> search.openings.node(guest) < 0)
                .limit(MOST_GUESTS)
                .map(search::letIn)
                .filter(moves -> !moves.isEmpty())
                .findFirst()
                .orElse(List.of());
    }

    private List<Relocation> letIn(int guest) {
        this.guest = guest;
        questions = MOST_QUESTIONS;
        for (int moves = 1; moves <= MOST_MOVES && best.isEmpty(); moves++) {
            left = moves;
            clearSomeNode(guest, DEPTH, everywhere, node -> note());
        }
        return best.stream().map(this::relocation).toList();
    }

    private void note() {
        double cost = path.stream().mapToDouble(step -> seconds[step.vm()]).sum();
        if (cost < least) {
            least = cost;
            best = List.copyOf(path);
        }
    }

    private boolean isAsked() {
        return questions-- > 0;
    }

    /** Lets each of these nodes in turn be left by who is in the way there, or others come to where a rule misses them, then has it entered. */
    private void clearSomeNode(int vm, int depth, BitSet among, IntConsumer enter) {
        if (depth == 0 || left == 0 || questions <= 0) {
            return;
        }
        for (int node : openings.byValue(vm)) {
            if (questions > 0 && among.get(node) && node != openings.node(vm) && !openings.takes(vm, node)) {
                clear(vm, node, depth, enter);
            }
        }
    }

    private void clear(int vm, int node, int depth, IntConsumer enter) {
        new Clearance(vm, node, depth, enter).choose(0);
        fetch(vm, node, depth, enter);
    }

    /** Sends members of the rule that keeps it away from the node to where the rule misses them; then others may still be in the way. */
    private void fetch(int vm, int node, int depth, IntConsumer enter) {
        Openings.Site missing = openings.missing(vm, node);
        for (int other : cheapestFirst(missing.members(), vm)) {
            if (questions <= 0) {
                return;
            }
            left--;
            send(other, depth - 1, vm, missing.nodes(), () -> {
                if (openings.takes(vm, node)) {
                    enter.accept(node);
                } else if (left > 0) {
                    clear(vm, node, depth, enter);
                }
            });
            left++;
        }
    }

    /** Sends one that runs to the best of these nodes, or to one that others leave for it. */
    private void send(int vm, int depth, int toAdmit, BitSet among, Runnable next) {
        BitSet untried = (BitSet) among.clone();
        for (int target = 0; target < TARGETS && isAsked(); target++) {
            int node = openings.bestMove(vm, untried);
            if (node < 0) {
                break;
            }
            untried.clear(node);
            step(vm, node, toAdmit, next);
        }
        clearSomeNode(vm, depth, among, node -> step(vm, node, toAdmit, next));
    }

    /** All ways in which a node can be left for one virtual machine. */
    private final class Clearance {
        private final int vm;
        private final int node;
        private final int depth;
        private final IntConsumer enter;
        private final int[] inTheWay;
        private final List<Integer> chosen = new ArrayList<>();

        Clearance(int vm, int node, int depth, IntConsumer enter) {
            this.vm = vm;
            this.node = node;
            this.depth = depth;
            this.enter = enter;
            inTheWay = inTheWay(vm, node);
        }

        /** Chooses as few as it takes of those that are in the way, and sends them away: whether it goes together with them shows then. */
        void choose(int first) {
            if (!chosen.isEmpty() && openings.fits(vm, node)) {
                boolean enough = openings.takes(vm, node);
                int mark = openings.mark();
                chosen.forEach(other -> openings.put(other, homeOf(other)));
                left -= chosen.size();
                sendFrom(0);
                left += chosen.size();
                openings.undoTo(mark);
                if (enough) {
                    return;
                }
            }
            for (int index = first; index < inTheWay.length && chosen.size() < left && isAsked(); index++) {
                int mark = openings.mark();
                openings.put(inTheWay[index], -1);
                chosen.add(inTheWay[index]);
                choose(index + 1);
                chosen.removeLast();
                openings.undoTo(mark);
            }
        }

        private void sendFrom(int index) {
            if (index < chosen.size()) {
                send(chosen.get(index), depth - 1, vm, everywhere, () -> sendFrom(index + 1));
            } else if (openings.takes(vm, node)) {
                enter.accept(node);
            }
        }
    }

    /** Who is on the node or shares a rule's domain with it. */
    private int[] inTheWay(int vm, int node) {
        BitSet others = openings.inTheWay(vm, node);
        residents.get(node).forEach(others::set);
        return cheapestFirst(others, vm);
    }

    /** Those of them, but for one, that may move and have not moved yet. */
    private int[] cheapestFirst(BitSet vms, int without) {
        BitSet others = (BitSet) vms.clone();
        others.and(movable);
        return others.stream()
                .filter(other -> other != without && openings.node(other) == homeOf(other))
                .boxed()
                .sorted(Comparator.comparing((Integer other) -> seconds[other]).thenComparing(other -> other))
                .mapToInt(other -> other)
                .toArray();
    }

    private int homeOf(int vm) {
        return openings.sizes().home()[vm];
    }

    private void step(int vm, int node, int toAdmit, Runnable next) {
        int mark = openings.mark();
        path.add(new Step(vm, openings.node(vm), node, toAdmit));
        openings.put(vm, node);
        next.run();
        openings.undoTo(mark);
        path.removeLast();
    }

    private Relocation relocation(Step step) {
        VmId admitted = cluster.vms().get(step.toAdmit()).id();
        String from = cluster.nodes().get(step.from()).name();
        String why = step.toAdmit() == guest
                ? "makes room for " + admitted + ", which finds no node"
                : "makes room for " + admitted + ", which makes room for "
                        + cluster.vms().get(guest).id();
        return new Relocation(
                cluster.vms().get(step.vm()).id(),
                from,
                cluster.nodes().get(step.to()).name(),
                Relocation.Reason.MAKE_ROOM,
                why,
                0,
                Arrangement.DEGRADATION * seconds[step.vm()]);
    }
}
