package dev.drover.plan.sequence;

import dev.drover.plan.sequence.SequenceProblem.Limits;
import dev.drover.plan.sequence.SequenceProblem.Moves;
import dev.drover.plan.sequence.SequenceProblem.Rules;
import dev.drover.plan.sequence.SequenceProblem.Space;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** A few nodes, from roomy to full, and virtual machines that trade places, so that many wait for each other's room in circles. */
final class RandomSequences {
    private static final int CAPACITY = 40;

    private final Random random;
    private final int nodes;
    private final int resources;
    private final long[] held;
    private final long[] atTheEnd;
    private final List<int[]> sizes = new ArrayList<>();
    private final List<Integer> source = new ArrayList<>();
    private final List<Integer> target = new ArrayList<>();

    private RandomSequences(long seed, int nodes) {
        random = new Random(seed);
        this.nodes = nodes;
        resources = 1 + random.nextInt(2);
        held = new long[nodes * resources];
        atTheEnd = new long[nodes * resources];
    }

    /** Every kind of limit and rule. */
    static SequenceProblem of(long seed) {
        RandomSequences made = new RandomSequences(seed, 2 + new Random(seed).nextInt(8));
        made.arrange(0.3 + 0.7 * made.random.nextDouble(), 60);
        return made.problem(made.limits(), true);
    }

    /** At most so many moves, without rules, each with a bandwidth of its own. */
    static SequenceProblem tiny(long seed, int most) {
        RandomSequences made = new RandomSequences(seed, 2 + new Random(seed).nextInt(3));
        made.arrange(0.3 + 0.6 * made.random.nextDouble(), most);
        Limits limits = new Limits(
                1 + made.random.nextInt(4), 1 + made.random.nextInt(2), 1 + made.random.nextInt(2), false, 1);
        return made.problem(limits, false);
    }

    private void arrange(double fill, int most) {
        int failures = 0;
        while (failures < 20) {
            int node = random.nextInt(nodes);
            int[] size = {1 + random.nextInt(15), 1 + random.nextInt(15)};
            if (!fits(held, node, size, new int[2], fill)) {
                failures++;
                continue;
            }
            add(held, node, size, 1);
            add(atTheEnd, node, size, 1);
            sizes.add(size);
            source.add(node);
            target.add(node);
        }
        for (int trade = 0; trade < 4 * sizes.size() && moving() < most - 1; trade++) {
            trade();
        }
    }

    private long moving() {
        long count = 0;
        for (int vm = 0; vm < sizes.size(); vm++) {
            count += source.get(vm).equals(target.get(vm)) ? 0 : 1;
        }
        return count;
    }

    /** One goes to another node; in its place comes one from there, or nothing. */
    private void trade() {
        if (sizes.isEmpty()) {
            return;
        }
        int vm = random.nextInt(sizes.size());
        int other = random.nextInt(sizes.size());
        boolean isTrade = random.nextInt(4) > 0;
        int from = target.get(vm);
        int to = isTrade ? target.get(other) : random.nextInt(nodes);
        int[] back = isTrade ? sizes.get(other) : new int[2];
        if (from != to && fits(atTheEnd, to, sizes.get(vm), back, 1) && fits(atTheEnd, from, back, sizes.get(vm), 1)) {
            add(atTheEnd, from, sizes.get(vm), -1);
            add(atTheEnd, to, sizes.get(vm), 1);
            add(atTheEnd, to, back, -1);
            add(atTheEnd, from, back, 1);
            target.set(vm, to);
            if (isTrade) {
                target.set(other, from);
            }
        }
    }

    private boolean fits(long[] sums, int node, int[] in, int[] out, double fill) {
        for (int resource = 0; resource < resources; resource++) {
            if (sums[node * resources + resource] + in[resource] - out[resource] > fill * CAPACITY) {
                return false;
            }
        }
        return true;
    }

    private void add(long[] sums, int node, int[] size, int sign) {
        for (int resource = 0; resource < resources; resource++) {
            sums[node * resources + resource] += sign * size[resource];
        }
    }

    private Limits limits() {
        int cluster = random.nextBoolean() ? Limits.NONE : 1 + random.nextInt(5);
        return new Limits(cluster, 1 + random.nextInt(3), 1 + random.nextInt(3), random.nextBoolean(), 10);
    }

    private SequenceProblem problem(Limits limits, boolean hasRules) {
        List<Integer> moving = new ArrayList<>();
        for (int vm = 0; vm < sizes.size(); vm++) {
            if (!source.get(vm).equals(target.get(vm))) {
                moving.add(vm);
            }
        }
        int count = moving.size();
        long[] amounts = new long[count * resources];
        double[] bytes = new double[count];
        double[] dirty = new double[count];
        int[] rank = new int[count];
        int[][] others = new int[count][0];
        for (int move = 0; move < count; move++) {
            int[] size = sizes.get(moving.get(move));
            for (int resource = 0; resource < resources; resource++) {
                amounts[move * resources + resource] = size[resource];
            }
            bytes[move] = hasRules ? 1 + random.nextInt(100) : size[0];
            dirty[move] = hasRules && random.nextInt(3) == 0 ? 9.5 * random.nextDouble() : 0;
            rank[move] = hasRules && random.nextInt(4) == 0 ? 1 : 0;
            if (hasRules && random.nextInt(8) == 0) {
                others[move] = new int[] {random.nextInt(nodes)};
            }
        }
        long[] capacity = new long[nodes * resources];
        Arrays.fill(capacity, CAPACITY);
        return new SequenceProblem(
                new Space(nodes, resources, capacity, held),
                new Moves(
                        moving.stream().mapToInt(source::get).toArray(),
                        moving.stream().mapToInt(target::get).toArray(),
                        amounts,
                        bytes,
                        dirty,
                        rank,
                        others),
                limits,
                (hasRules && count > 1 && random.nextBoolean() ? rules(count) : Rules.none(count))
                        .with(hasRules && count > 1 && random.nextBoolean() ? apart(moving) : PlacementRules.NONE));
    }

    private Rules rules(int count) {
        int[][] precedence = new int[random.nextInt(3)][];
        for (int i = 0; i < precedence.length; i++) {
            int second = 1 + random.nextInt(count - 1);
            precedence[i] = new int[] {random.nextInt(second), second};
        }
        int[][] sets = new int[random.nextInt(3)][];
        for (int i = 0; i < sets.length; i++) {
            sets[i] = random.ints(0, count).distinct().limit(2).toArray();
        }
        int closed = random.nextInt(nodes);
        return new Rules(
                precedence, sets, Rules.none(count).deadline(), (move, node) -> node != closed, PlacementRules.NONE);
    }

    private PlacementRules apart(List<Integer> moving) {
        int[][] sets = new int[1 + random.nextInt(3)][];
        for (int i = 0; i < sets.length; i++) {
            sets[i] = random.ints(2 + random.nextInt(3), 0, moving.size())
                    .distinct()
                    .toArray();
        }
        return new Apart(sets, moving.stream().mapToInt(source::get).toArray());
    }
}
