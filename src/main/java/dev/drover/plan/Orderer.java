package dev.drover.plan;

import dev.drover.constraint.CompiledRules;
import dev.drover.model.Cluster;
import dev.drover.placement.Reservations;
import dev.drover.plan.sequence.SequenceProblem;
import dev.drover.plan.sequence.SequenceProblem.Limits;
import dev.drover.plan.sequence.SequenceProblem.Moves;
import dev.drover.plan.sequence.SequenceProblem.Rules;
import dev.drover.plan.sequence.SequenceProblem.Space;
import dev.drover.plan.sequence.Sequencing;
import java.util.BitSet;
import java.util.List;

/** Puts tasks in an order by the scheduler, with the room and the rules of one cluster. Safe for threads. */
final class Orderer {
    /** Seconds are all that is known of a task: as many bytes, one a second. */
    private static final double BANDWIDTH = 1;

    private final Cluster cluster;
    private final CompiledRules rules;
    private final Budget budget;
    private final BitSet stopOvers;

    /** @param stopOvers indexes of the nodes where one may be parked */
    Orderer(Cluster cluster, CompiledRules rules, Budget budget, BitSet stopOvers) {
        this.cluster = cluster;
        this.rules = rules;
        this.budget = budget;
        this.stopOvers = stopOvers;
    }

    /** What is held now, migrations in flight included; each time a new object. */
    Reservations held() {
        return new Reservations(cluster, rules);
    }

    /** @param tasks of virtual machines that rest where the task begins, and that may enter where it ends */
    Sequencing order(List<Task> tasks) {
        Reservations now = held();
        Limits limits =
                new Limits(budget.maxConcurrent(), budget.perSourceNode(), budget.perTargetNode(), false, BANDWIDTH);
        Rules none = Rules.none(tasks.size());
        return Sequencing.of(new SequenceProblem(
                space(now),
                moves(tasks, now),
                limits,
                new Rules(
                        none.precedence(),
                        none.oneAtATime(),
                        none.deadline(),
                        (move, node) -> stopOvers.get(node)
                                && now.mayEnter(tasks.get(move).vm(), node),
                        ReservedRules.of(tasks, this::held, now))));
    }

    private Space space(Reservations now) {
        int nodes = cluster.nodes().size();
        int resources = now.resources();
        long[] room = new long[nodes * resources];
        long[] held = new long[nodes * resources];
        for (int node = 0; node < nodes; node++) {
            System.arraycopy(now.room(node), 0, room, node * resources, resources);
            System.arraycopy(now.held(node), 0, held, node * resources, resources);
        }
        return new Space(nodes, resources, room, held);
    }

    private static Moves moves(List<Task> tasks, Reservations now) {
        int resources = now.resources();
        long[] amounts = new long[tasks.size() * resources];
        for (int task = 0; task < tasks.size(); task++) {
            System.arraycopy(now.request(tasks.get(task).vm()), 0, amounts, task * resources, resources);
        }
        return new Moves(
                tasks.stream().mapToInt(Task::from).toArray(),
                tasks.stream().mapToInt(Task::to).toArray(),
                amounts,
                tasks.stream().mapToDouble(Task::seconds).toArray(),
                new double[tasks.size()],
                tasks.stream().mapToInt(Task::priority).toArray(),
                new int[tasks.size()][0]);
    }
}
