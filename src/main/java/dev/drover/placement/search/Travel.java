package dev.drover.placement.search;

import static dev.drover.placement.search.Problem.NOWHERE;

/** What it costs that virtual machines are not at home. One that is nowhere costs nothing yet. */
final class Travel {
    private final int[] home;
    private final int[] groupOf;
    private final long[] ofVm;
    private final long ofGroups;
    private final int[] between;
    private final int nodes;
    /** For each group how many members are away. */
    private final int[] away;
    /** How many groups have as many members away. */
    private final int[] groupsWith;

    /** The virtual machines that are away. */
    private final NumberSet moved;

    private int most;
    private long cost;

    Travel(Problem problem) {
        home = problem.home();
        groupOf = problem.groups().of();
        ofVm = problem.moveCosts().ofVm();
        ofGroups = problem.moveCosts().ofGroups();
        between = problem.moveCosts().between();
        nodes = problem.nodes();
        away = new int[problem.groups().count()];
        groupsWith = new int[problem.vms() + 2];
        groupsWith[0] = away.length;
        moved = new NumberSet(problem.vms());
    }

    long cost() {
        return cost + ofGroups * most;
    }

    NumberSet moved() {
        return moved;
    }

    private boolean isAway(int vm, int node) {
        return node != home[vm] && node != NOWHERE && home[vm] != NOWHERE;
    }

    /** What this virtual machine alone costs on a node. */
    long own(int vm, int node) {
        return isAway(vm, node) ? ofVm[vm] + (between.length == 0 ? 0 : between[home[vm] * nodes + node]) : 0;
    }

    long delta(int vm, int from, int to) {
        long delta = own(vm, to) - own(vm, from);
        return ofGroups == 0 ? delta : delta + ofGroups * mostDelta(vm, from, to);
    }

    private int mostDelta(int vm, int from, int to) {
        boolean before = isAway(vm, from);
        boolean after = isAway(vm, to);
        if (before == after || groupOf[vm] < 0 || away[groupOf[vm]] != most) {
            return 0;
        }
        if (after) {
            return 1;
        }
        return groupsWith[most] == 1 ? -1 : 0;
    }

    long swapDelta(int one, int a, int other, int b) {
        long delta = own(one, b) - own(one, a) + own(other, a) - own(other, b);
        if (ofGroups == 0) {
            return delta;
        }
        int before = most;
        count(one, a, b);
        count(other, b, a);
        int after = most;
        count(other, a, b);
        count(one, b, a);
        return delta + ofGroups * (after - before);
    }

    void move(int vm, int from, int to) {
        cost += own(vm, to) - own(vm, from);
        count(vm, from, to);
        if (isAway(vm, to)) {
            moved.add(vm);
        } else {
            moved.remove(vm);
        }
    }

    private void count(int vm, int from, int to) {
        boolean before = isAway(vm, from);
        boolean after = isAway(vm, to);
        if (before != after && groupOf[vm] >= 0) {
            change(groupOf[vm], after ? 1 : -1);
        }
    }

    private void change(int group, int by) {
        groupsWith[away[group]]--;
        away[group] += by;
        groupsWith[away[group]]++;
        most = Math.max(most, away[group]);
        while (most > 0 && groupsWith[most] == 0) {
            most--;
        }
    }
}
