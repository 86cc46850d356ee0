package dev.drover.placement;

import java.util.BitSet;
import java.util.Comparator;

/**
 * Looks for a placement that is as good as the one found, with fewer moves: iterative deepening from home, always at what is worst
 * (a broken rule, the hottest node, the most pressed node), where a node may become hot for a while so that chains and exchanges are
 * found. Exact enough for the few moves of an ordinary cycle, and given up beyond. Not safe for threads.
 */
final class Shortening {
    private static final int MOST_MOVES = 6;
    private static final int TARGETS = 16;
    private static final int MOST_TRIALS = 30_000;

    private final Arrangement at;
    private final Worth worth;
    private final Cost wanted;
    private int trials = MOST_TRIALS;

    Shortening(Arrangement at, Worth worth) {
        this.at = at;
        this.worth = worth;
        wanted = at.cost();
    }

    /** Leaves the shorter placement in the arrangement if there is one, else what was there, and then says false. */
    boolean run() {
        int moves = at.moves();
        if (moves < 2 || moves > MOST_MOVES) {
            return false;
        }
        int[] vms = at.moved().stream().toArray();
        int[] nodes = at.moved().stream().map(at::node).toArray();
        for (int vm : vms) {
            at.move(vm, at.home(vm));
        }
        for (int depth = 1; depth < moves; depth++) {
            if (reaches(depth)) {
                return true;
            }
        }
        for (int index = 0; index < vms.length; index++) {
            at.move(vms[index], nodes[index]);
        }
        return false;
    }

    private boolean reaches(int depth) {
        if (worth.asGood(at.cost(), wanted)) {
            return true;
        }
        BitSet candidates = depth == 0 ? new BitSet() : candidates();
        int[] targets = depth == 0 ? new int[0] : targets();
        for (int vm = candidates.nextSetBit(0); vm >= 0; vm = candidates.nextSetBit(vm + 1)) {
            for (int target : targets) {
                if (--trials < 0) {
                    return false;
                }
                Change shift = Change.shift(at, vm, target);
                if (target != at.node(vm) && shift.make(at)) {
                    if (reaches(depth - 1)) {
                        return true;
                    }
                    shift.undo(at);
                }
            }
        }
        return false;
    }

    /** Those at home that are to blame for the worst that is left. */
    private BitSet candidates() {
        boolean broken = at.violations() > wanted.violations();
        int worst = broken ? -1 : worstNode();
        BitSet candidates = new BitSet();
        for (int vm = at.movable().nextSetBit(0); vm >= 0; vm = at.movable().nextSetBit(vm + 1)) {
            candidates.set(vm, !at.moved(vm) && (broken ? at.toBlame(vm) : at.node(vm) == worst));
        }
        return candidates;
    }

    private int worstNode() {
        boolean hot = at.load.contention() > wanted.contention() + Cost.ROUNDING;
        return at.load.scope().stream()
                .boxed()
                .max(Comparator.comparingDouble(node -> hot ? at.load.excess(node) : at.load.pressure(node)))
                .orElse(-1);
    }

    private int[] targets() {
        return at.instance.nodes().stream()
                .boxed()
                .sorted(Comparator.comparingDouble(at.load::pressure))
                .limit(TARGETS)
                .mapToInt(node -> node)
                .toArray();
    }
}
