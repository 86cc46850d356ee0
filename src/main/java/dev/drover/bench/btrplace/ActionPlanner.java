package dev.drover.bench.btrplace;

import dev.drover.placement.search.Problem;
import dev.drover.placement.search.Relief;
import dev.drover.plan.sequence.Leg;
import dev.drover.plan.sequence.PlacementRules;
import dev.drover.plan.sequence.SequenceProblem;
import dev.drover.plan.sequence.SequenceProblem.Limits;
import dev.drover.plan.sequence.SequenceProblem.Moves;
import dev.drover.plan.sequence.SequenceProblem.Rules;
import dev.drover.plan.sequence.SequenceProblem.Space;
import dev.drover.plan.sequence.Sequencing;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Finds the nodes by relief and puts the actions in an order by the sequencer, for which a boot is a move from outside of the cluster.
 * What is to have more counts with that from the beginning, so a node has room for it as soon as those that leave have left.
 */
final class ActionPlanner {
    private static final int MIGRATION_SECONDS = 1;

    private final Reconfiguration instance;
    private final ReconfigurationProblem numbers;
    private final Problem problem;
    private final int[] nodeOf;
    private final int[] moving;
    private final int resources;
    /** In place of the node of those that are ready. */
    private final int outside;

    private ActionPlanner(Reconfiguration instance, boolean isHeldAtBoth) {
        this.instance = instance;
        numbers = new ReconfigurationProblem(instance);
        problem = numbers.problem(isHeldAtBoth);
        nodeOf = Relief.relieved(problem);
        moving = IntStream.range(0, problem.vms())
                .filter(vm -> nodeOf[vm] != problem.home()[vm])
                .toArray();
        resources = problem.resources();
        outside = problem.nodes();
    }

    /**
     * The actions in the order of their beginnings; none where no plan was found. Where the least moves can be put in no order, it looks
     * for others, for which there is room at both ends, so that any order of them will do.
     */
    static List<Action> plan(Reconfiguration instance) {
        for (boolean isHeldAtBoth : new boolean[] {false, true}) {
            ActionPlanner planner = new ActionPlanner(instance, isHeldAtBoth);
            if (planner.allHaveRoom()) {
                Sequencing order = Sequencing.of(planner.sequence());
                if (order.refused().isEmpty()) {
                    return planner.actions(order.legs());
                }
            }
        }
        return List.of();
    }

    private boolean allHaveRoom() {
        long[] left = Arrays.stream(problem.capacity()).asLongStream().toArray();
        for (int i = 0; i < problem.demand().length; i++) {
            int node = nodeOf[i / resources];
            if (node == Problem.NOWHERE) {
                return false;
            }
            left[node * resources + i % resources] -= problem.demand()[i];
        }
        return IntStream.range(0, left.length)
                .allMatch(i -> left[i] >= 0 || !instance.nodes().online().get(i / resources));
    }

    private SequenceProblem sequence() {
        int count = moving.length;
        int[] amounts = new int[count * resources];
        double[] seconds = new double[count];
        int[] source = new int[count];
        for (int i = 0; i < count; i++) {
            int vm = moving[i];
            System.arraycopy(problem.demand(), vm * resources, amounts, i * resources, resources);
            source[i] = problem.home()[vm] == Problem.NOWHERE ? outside : problem.home()[vm];
            seconds[i] = source[i] == outside ? instance.vms().bootSeconds()[numbers.vm(vm)] : MIGRATION_SECONDS;
        }
        int[] target = Arrays.stream(moving).map(vm -> nodeOf[vm]).toArray();
        Moves moves = new Moves(
                source,
                target,
                Arrays.stream(amounts).asLongStream().toArray(),
                seconds,
                new double[count],
                new int[count],
                new int[count][0]);
        Limits limits = new Limits(Limits.NONE, Limits.NONE, Limits.NONE, false, 1);
        return new SequenceProblem(
                space(),
                moves,
                limits,
                new Rules(
                        precedence(),
                        new int[0][],
                        Rules.none(count).deadline(),
                        (move, node) -> false,
                        PlacementRules.NONE));
    }

    private Space space() {
        long[] capacity = new long[(outside + 1) * resources];
        long[] held = new long[capacity.length];
        for (int i = 0; i < problem.capacity().length; i++) {
            capacity[i] = problem.capacity()[i];
        }
        for (int i = 0; i < problem.demand().length; i++) {
            int vm = i / resources;
            int node = problem.home()[vm] == Problem.NOWHERE ? outside : problem.home()[vm];
            held[node * resources + i % resources] += problem.demand()[i];
        }
        System.arraycopy(held, outside * resources, capacity, outside * resources, resources);
        return new Space(outside + 1, resources, capacity, held);
    }

    /** One that must not meet another on its target waits until that has left. */
    private int[][] precedence() {
        int[] groupOf = problem.groups().of();
        Map<List<Integer>, Integer> leaving = new HashMap<>();
        for (int i = 0; i < moving.length; i++) {
            if (groupOf[moving[i]] >= 0) {
                leaving.put(List.of(groupOf[moving[i]], problem.home()[moving[i]]), i);
            }
        }
        List<int[]> pairs = new ArrayList<>();
        for (int i = 0; i < moving.length; i++) {
            Integer first = leaving.get(List.of(groupOf[moving[i]], nodeOf[moving[i]]));
            if (first != null) {
                pairs.add(new int[] {first, i});
            }
        }
        return pairs.toArray(int[][]::new);
    }

    private List<Action> actions(List<Leg> legs) {
        List<Action> actions = new ArrayList<>();
        long[] lastLeft = new long[outside + 1];
        for (Leg leg : legs) {
            int vm = numbers.vm(moving[leg.move()]);
            long start = Math.round(leg.start());
            long end = Math.round(leg.end());
            actions.add(
                    leg.from() == outside
                            ? new Action.Boot(vm, leg.to(), start, end)
                            : new Action.Migrate(vm, leg.from(), leg.to(), start, end));
            lastLeft[leg.from()] = Math.max(lastLeft[leg.from()], end);
        }
        for (int vm = 0; vm < problem.vms(); vm++) {
            if (nodeOf[vm] == problem.home()[vm] && isRaised(vm)) {
                actions.add(new Action.Allocate(numbers.vm(vm), lastLeft[nodeOf[vm]]));
            }
        }
        return actions;
    }

    private boolean isRaised(int vm) {
        int before = numbers.vm(vm) * resources;
        for (int r = 0; r < resources; r++) {
            if (problem.demand()[vm * resources + r] > instance.vms().consumption()[before + r]) {
                return true;
            }
        }
        return false;
    }
}
