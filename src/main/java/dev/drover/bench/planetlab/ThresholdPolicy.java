package dev.drover.bench.planetlab;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * THR-MMT-0.8: a node above 80 % gives away the VMs that move quickest until it is not; then the least used nodes are emptied where
 * all their VMs find room. Every VM goes where it adds the least power.
 */
final class ThresholdPolicy implements Policy {
    private static final double THRESHOLD = 0.8;

    @Override
    public void decide(Floor floor, History history) {
        new Pass(floor, history).run();
    }

    /**
     * The node where a VM adds the least power.
     *
     * @param before the loads that the power is compared with
     * @param now    the loads with what was chosen since
     * @return {@link Floor#NOWHERE} when it fits on none
     */
    static int cheapest(double demand, BitSet forbidden, Loads before, Loads now) {
        int best = Floor.NOWHERE;
        double least = Double.POSITIVE_INFINITY;
        for (int node = forbidden.nextClearBit(0); node < Day.NODES; node = forbidden.nextClearBit(node + 1)) {
            NodeKind kind = NodeKind.of(node);
            double after = now.mips(node) + demand;
            boolean fits = demand <= kind.core()
                    && after <= kind.capacity()
                    && (now.mips(node) == 0 || after <= THRESHOLD * kind.capacity());
            double added = fits ? kind.watts(after) - kind.watts(before.mips(node)) : Double.POSITIVE_INFINITY;
            if (added < least) {
                least = added;
                best = node;
            }
        }
        return best;
    }

    /** One step of the policy. */
    private static final class Pass {
        private final Floor floor;
        private final History history;
        private final Loads before;
        private final Loads now;
        private final BitSet overused = new BitSet();
        /** As in CloudSim: a node whose VMs are all idle counts as one without VMs. */
        private final BitSet off = new BitSet();

        Pass(Floor floor, History history) {
            this.floor = floor;
            this.history = history;
            before = Loads.of(floor, history);
            now = before.copy();
            for (int node = 0; node < Day.NODES; node++) {
                overused.set(node, before.share(node) > THRESHOLD);
                off.set(node, before.mips(node) == 0);
            }
        }

        void run() {
            place(taken(), overused).forEach(choice -> floor.move(choice.vm(), choice.node()));
            emptyLeastUsed();
        }

        private List<Integer> taken() {
            List<Integer> taken = new ArrayList<>();
            overused.stream().forEach(node -> {
                List<Integer> quickest = IntStream.of(floor.vmsOn(node))
                        .boxed()
                        .sorted(Comparator.comparingInt(vm -> history.kind(vm).memory()))
                        .toList();
                for (int i = 0; i < quickest.size() && now.share(node) > THRESHOLD; i++) {
                    now.add(node, -history.demand(quickest.get(i)));
                    taken.add(quickest.get(i));
                }
            });
            return taken;
        }

        /** A node for each VM that finds one, largest first; what finds none goes back. */
        private List<Choice> place(List<Integer> vms, BitSet forbidden) {
            List<Choice> choices = new ArrayList<>();
            vms.stream()
                    .sorted(Comparator.<Integer>comparingDouble(vm -> -history.demand(vm))
                            .thenComparingInt(vm -> vm))
                    .forEach(vm -> {
                        int node = cheapest(history.demand(vm), forbidden, before, now);
                        now.add(node == Floor.NOWHERE ? floor.nodeOf(vm) : node, history.demand(vm));
                        if (node != Floor.NOWHERE) {
                            choices.add(new Choice(vm, node));
                        }
                    });
            return choices;
        }

        private void emptyLeastUsed() {
            BitSet forbidden = (BitSet) overused.clone();
            forbidden.or(off);
            BitSet done = (BitSet) forbidden.clone();
            for (int node = leastUsed(done); node != Floor.NOWHERE; node = leastUsed(done)) {
                done.set(node);
                forbidden.set(node);
                List<Integer> vms = IntStream.of(floor.vmsOn(node)).boxed().toList();
                vms.forEach(vm -> now.add(floor.nodeOf(vm), -history.demand(vm)));
                List<Choice> choices = place(vms, forbidden);
                if (choices.size() == vms.size()) {
                    choices.forEach(choice -> {
                        floor.move(choice.vm(), choice.node());
                        done.set(choice.node());
                    });
                } else {
                    choices.forEach(choice -> {
                        now.add(choice.node(), -history.demand(choice.vm()));
                        now.add(floor.nodeOf(choice.vm()), history.demand(choice.vm()));
                    });
                }
            }
        }

        private int leastUsed(BitSet done) {
            int least = Floor.NOWHERE;
            for (int node = done.nextClearBit(0); node < Day.NODES; node = done.nextClearBit(node + 1)) {
                if (least == Floor.NOWHERE || before.share(node) < before.share(least)) {
                    least = node;
                }
            }
            return least;
        }
    }

    private record Choice(int vm, int node) {}
}
