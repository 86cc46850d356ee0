package dev.drover.placement.search;

/**
 * Simulated annealing (Kirkpatrick, Gelatt, Vecchi, 1983). Beside plain shifts and swaps it proposes what undoes moves, because a
 * moved virtual machine costs and may still hold room at home. Not safe for threads.
 */
final class Annealing {
    private final Mix mix;
    private final Arrangement now;
    private Best best;
    private final Dice dice;
    private final Choice choice;
    private final NumberSet moved;
    private final int nodes;
    private final int[] home;
    private long proposals;

    Annealing(Arrangement start, Mix mix, Dice dice) {
        this.mix = mix;
        now = start;
        best = new Best(start);
        this.dice = dice;
        choice = new Choice(start.sizes(), dice);
        moved = start.moved();
        nodes = start.problem.nodes();
        home = start.problem.home();
    }

    Best best() {
        return best;
    }

    Arrangement now() {
        return now;
    }

    long proposals() {
        return proposals;
    }

    /** Counts the present arrangement as the best, whatever was before. */
    void restart() {
        best = new Best(now);
    }

    /** Continues from the arrangement of another search of the same problem. */
    void goOnFrom(int[] nodeOf) {
        best.keep(now);
        for (int vm = 0; vm < nodeOf.length; vm++) {
            if (now.nodeOf[vm] != nodeOf[vm]) {
                best.note(vm);
            }
        }
        now.become(nodeOf);
        best.keep(now);
    }

    void run(int batch, double temperature) {
        int turns = mix.turns();
        for (int i = 0; i < batch; i++) {
            int turn = dice.below(turns);
            if (turn < mix.shift()) {
                shift(choice.any(), dice.below(nodes), temperature);
            } else if (turn < mix.shift() + mix.swap()) {
                int vm = choice.any();
                swap(vm, choice.partner(vm), temperature);
            } else if (moved.count() > 0) {
                proposeForMoved(turn - mix.shift() - mix.swap(), temperature);
            }
        }
        proposals += batch;
        best.keep(now);
    }

    /** Only with virtual machines that are on these nodes, the few from which anything can be won. */
    void runOn(NumberSet costly, int batch, double temperature) {
        for (int i = 0; i < batch && costly.count() > 0; i++) {
            int node = costly.get(dice.below(costly.count()));
            int count = now.roster.count(node);
            if (count > 0) {
                int vm = now.roster.get(node, dice.below(count));
                if (dice.below(2) == 0) {
                    shift(vm, dice.below(nodes), temperature);
                } else {
                    swap(vm, choice.partner(vm), temperature);
                }
            }
        }
        proposals += batch;
        best.keep(now);
    }

    private void proposeForMoved(int turn, double temperature) {
        int vm = moved.get(dice.below(moved.count()));
        int rest = turn - mix.shiftMoved() - mix.swapMoved();
        if (turn < mix.shiftMoved()) {
            shift(vm, dice.below(nodes), temperature);
        } else if (rest < 0) {
            swap(vm, moved.get(dice.below(moved.count())), temperature);
        } else if (rest < mix.back()) {
            shift(vm, home[vm], temperature);
        } else {
            int count = now.roster.count(home[vm]);
            if (count > 0) {
                swap(vm, now.roster.get(home[vm], dice.below(count)), temperature);
            }
        }
    }

    private void shift(int vm, int to, double temperature) {
        if (now.nodeOf[vm] == to || now.nodeOf[vm] < 0 || !now.canShift(vm, to)) {
            return;
        }
        long delta = now.shiftDelta(vm, to);
        if (isAccepted(delta, temperature)) {
            now.shift(vm, to, delta);
            best.note(vm);
        }
    }

    private void swap(int one, int other, double temperature) {
        if (now.nodeOf[one] == now.nodeOf[other]
                || now.nodeOf[one] < 0
                || now.nodeOf[other] < 0
                || !now.canSwap(one, other)) {
            return;
        }
        long delta = now.swapDelta(one, other);
        if (isAccepted(delta, temperature)) {
            now.swap(one, other, delta);
            best.note(one);
            best.note(other);
        }
    }

    private boolean isAccepted(long delta, double temperature) {
        if (delta <= 0) {
            return true;
        }
        if (delta > temperature * dice.patience()) {
            return false;
        }
        best.keep(now);
        return true;
    }
}
