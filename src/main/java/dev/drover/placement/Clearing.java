package dev.drover.placement;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Makes room, one level deep: where a virtual machine that breaks a rule could go to a node but for one other, that other goes
 * elsewhere first, if it does not already. Tried last, for what could not be mended otherwise, since the two moves depend on each
 * other. Not safe for threads.
 */
final class Clearing {
    private static final int MOST_TRIALS = 60_000;

    /** For one virtual machine, so that one that cannot be helped does not use up what others could need. */
    private static final int TRIALS_EACH = 2_000;

    private final Arrangement at;
    private final int maxMoves;
    private final List<Integer> order;
    private final int[] targets;
    private final List<List<Integer>> residents = new ArrayList<>();
    private int left = MOST_TRIALS;
    private int trials;

    /** @param order in which virtual machines are asked to move: those that migrate at the least cost first */
    Clearing(Arrangement at, List<Integer> order) {
        this.at = at;
        this.order = order;
        maxMoves = at.instance.goal().maxMoves();
        targets = at.instance.nodes().stream()
                .boxed()
                .sorted(Comparator.comparingDouble(at.load::pressure))
                .mapToInt(node -> node)
                .toArray();
        at.instance.cluster().nodes().forEach(node -> residents.add(new ArrayList<>()));
        order.forEach(vm -> residents.get(at.home(vm)).add(vm));
    }

    void run() {
        for (int vm : order) {
            trials = Math.min(TRIALS_EACH, left);
            int before = trials;
            for (int index = 0; index < targets.length && needsRoom(vm); index++) {
                clear(targets[index], vm);
            }
            left -= before - trials;
        }
    }

    private boolean needsRoom(int vm) {
        return !at.moved(vm) && at.toBlame(vm) && trials > 0;
    }

    /** Lets {@code vm} enter the node after one other has left it. */
    private void clear(int node, int vm) {
        boolean closed = !at.instance.rules().mayEnter().get(vm).get(node);
        if (closed || node == at.home(vm) || --trials < 0 || at.admits(vm, node)) {
            return;
        }
        for (int other : residents.get(node)) {
            if (--trials > 0 && at.admitsWithout(vm, other)) {
                boolean moved = at.moved(other);
                if (moved ? follows(vm, other, at.violations()) : changesPlaces(vm, other)) {
                    if (!moved) {
                        at.noteLast(other);
                    }
                    at.noteLast(vm);
                    return;
                }
            }
        }
    }

    /** Sends {@code other} to the least pressed node with which {@code vm} can follow. */
    private boolean changesPlaces(int vm, int other) {
        int home = at.home(other);
        int violations = at.violations();
        for (int node : targets) {
            if (node != home && --trials > 0 && at.admits(other, node)) {
                at.move(other, node);
                if (follows(vm, other, violations)) {
                    at.noteRoomFor(other, vm);
                    return true;
                }
                at.move(other, home);
            }
        }
        return false;
    }

    /** Moves {@code vm} to the home of {@code other}, which is moved; false, with nothing changed, when that does not mend anything. */
    private boolean follows(int vm, int other, int violations) {
        int home = at.home(other);
        at.release(other);
        if (at.moves() < maxMoves && at.admits(vm, home)) {
            at.move(vm, home);
            if (at.violations() < violations && at.keepsRules(vm) && at.keepsRules(other)) {
                return true;
            }
            at.move(vm, at.home(vm));
        }
        at.reclaim(other);
        return false;
    }
}
