package dev.drover.bench.planetlab;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Drover's policy: at first gathers the VMs on as few of the efficient nodes as their expected demand and its margin allow; from then
 * on relieves a node before it gets too much, and empties one now and then while that needs few moves and leaves room (hysteresis).
 */
final class DroverPolicy implements Policy {
    private static final int FEWEST_NODES = 20;
    private static final int MOVES_OF_RELIEF = 6;

    private final Caution caution;
    private final Outlook outlook;

    DroverPolicy(int vms, Caution caution) {
        this.caution = caution;
        outlook = new Outlook(vms, caution);
    }

    @Override
    public void decide(Floor floor, History history) {
        outlook.learn(history);
        new Pass(floor, history).run();
    }

    /** One step of the policy. */
    private final class Pass {
        private final Floor floor;
        private final int vms;
        private final int step;
        private final Risk risk;
        /** Nodes that need relief receive nothing. */
        private final BitSet hot = new BitSet();

        Pass(Floor floor, History history) {
            this.floor = floor;
            vms = history.vms();
            step = history.last() + 1;
            risk = new Risk(outlook, caution);
            for (int vm = 0; vm < vms; vm++) {
                risk.add(floor.nodeOf(vm), vm);
            }
            for (int node = 0; node < Day.NODES; node++) {
                hot.set(node, needsRelief(node));
            }
        }

        void run() {
            hot.stream().forEach(this::relieve);
            if (step == 1) {
                gather();
            } else {
                emptySome();
            }
        }

        private boolean needsRelief(int node) {
            return risk.vms(node) > 1 && risk.excess(node) > 0;
        }

        private void relieve(int node) {
            for (int move = 0; move < MOVES_OF_RELIEF && needsRelief(node); move++) {
                int vm = bestToTake(node);
                if (vm == Floor.NOWHERE || floor.moves().size() >= caution.mostMoves() * vms) {
                    return;
                }
                move(vm, roomiest(vm, caution.fillByRelief(), hot, true));
            }
        }

        /** The smallest VM whose leaving is enough, or else the one that helps most; of those that find room. */
        private int bestToTake(int node) {
            double excess = risk.excess(node);
            return IntStream.of(floor.vmsOn(node))
                    .boxed()
                    .filter(vm -> roomiest(vm, caution.fillByRelief(), hot, true) != Floor.NOWHERE)
                    .max(Comparator.comparing((Integer vm) -> risk.relief(node, vm) >= excess)
                            .thenComparing(vm -> {
                                double relief = risk.relief(node, vm);
                                return relief >= excess ? -relief : relief;
                            }))
                    .orElse(Floor.NOWHERE);
        }

        /** The node that keeps the most room with the VM; one that is off only where nothing else is left. */
        private int roomiest(int vm, double fill, BitSet forbidden, boolean mayTurnOn) {
            int best = Floor.NOWHERE;
            double most = Double.NEGATIVE_INFINITY;
            for (int node = forbidden.nextClearBit(0); node < Day.NODES; node = forbidden.nextClearBit(node + 1)) {
                boolean isOff = risk.vms(node) == 0;
                if (isOff && (!mayTurnOn || NodeKind.of(node) == NodeKind.G4 || best != Floor.NOWHERE)) {
                    continue;
                }
                double capacity = NodeKind.of(node).capacity();
                double bound = risk.boundWith(node, vm);
                double room = isOff ? -Double.MAX_VALUE : capacity - bound;
                if (bound <= fill * capacity && room > most) {
                    most = room;
                    best = node;
                }
            }
            return best;
        }

        /** On the fewest nodes that take all. */
        private void gather() {
            for (int nodes = FEWEST_NODES; nodes <= Day.NODES / 2; nodes++) {
                BitSet others = others(nodes);
                List<Integer> leaving =
                        largestFirst(IntStream.range(0, vms).filter(vm -> others.get(floor.nodeOf(vm))));
                if (moveAll(leaving, caution.fillAtFirst(), others, true)) {
                    return;
                }
            }
        }

        /** All but so many of the efficient nodes, those with the most to keep. */
        private BitSet others(int nodes) {
            BitSet others = new BitSet();
            others.set(0, Day.NODES);
            IntStream.range(0, Day.NODES)
                    .filter(node -> NodeKind.of(node) == NodeKind.G5)
                    .boxed()
                    .sorted(Comparator.<Integer>comparingInt(node -> -risk.vms(node))
                            .thenComparingDouble(node -> -risk.bound(node)))
                    .limit(nodes)
                    .forEach(others::clear);
            return others;
        }

        private void emptySome() {
            BitSet forbidden = (BitSet) hot.clone();
            IntStream.range(0, Day.NODES)
                    .filter(node -> risk.vms(node) > 0 && !hot.get(node))
                    .boxed()
                    .sorted(Comparator.comparingInt(risk::vms))
                    .toList()
                    .forEach(node -> {
                        forbidden.set(node);
                        boolean isEmptied = floor.moves().size() + risk.vms(node) <= budget()
                                && moveAll(
                                        largestFirst(IntStream.of(floor.vmsOn(node))),
                                        caution.fillByEmptying(),
                                        forbidden,
                                        false);
                        forbidden.set(node, isEmptied);
                    });
        }

        private double budget() {
            double time = (double) step / Day.STEPS;
            double soFar = caution.movesAtOnce() + caution.movesByAndBy() * Math.sqrt(time);
            return vms * Math.min(soFar, caution.mostMoves() - caution.reserve() * (1 - time));
        }

        private List<Integer> largestFirst(IntStream leaving) {
            return leaving.boxed()
                    .sorted(Comparator.comparingDouble(vm -> -outlook.mean(vm) - Math.sqrt(outlook.variance(vm))))
                    .toList();
        }

        /** Moves all or none. */
        private boolean moveAll(List<Integer> leaving, double fill, BitSet forbidden, boolean mayTurnOn) {
            List<Integer> nodes = new ArrayList<>();
            for (int vm : leaving) {
                int node = roomiest(vm, fill, forbidden, mayTurnOn);
                if (node == Floor.NOWHERE) {
                    break;
                }
                risk.add(node, vm);
                nodes.add(node);
            }
            for (int i = 0; i < nodes.size(); i++) {
                risk.remove(nodes.get(i), leaving.get(i));
            }
            boolean isPossible = nodes.size() == leaving.size();
            for (int i = 0; isPossible && i < nodes.size(); i++) {
                move(leaving.get(i), nodes.get(i));
            }
            return isPossible;
        }

        private void move(int vm, int node) {
            risk.remove(floor.nodeOf(vm), vm);
            floor.move(vm, node);
            risk.add(node, vm);
        }
    }
}
