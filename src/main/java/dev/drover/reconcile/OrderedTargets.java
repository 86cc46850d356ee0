package dev.drover.reconcile;

import dev.drover.model.Cluster;
import dev.drover.model.Vm;
import dev.drover.placement.NodeRank;
import dev.drover.placement.Relocation;
import dev.drover.placement.Score;
import dev.drover.placement.StartPlacement;
import dev.drover.plan.Move;
import dev.drover.plan.MoveCheck;
import dev.drover.plan.Pools.Pool;
import java.util.BitSet;
import java.util.List;
import java.util.Set;

/** Finds the node that a virtual machine goes to when a person orders it to move: the one that is asked for, or the best. Pure. */
final class OrderedTargets {
    /** The best ones are asked; where none of so many takes it, something is in the way that more would not mend. */
    private static final int MOST_ASKED = 20;

    private final Proposer proposer;
    private final Histories histories;

    OrderedTargets(Proposer proposer, Histories histories) {
        this.proposer = proposer;
        this.histories = histories;
    }

    /** What is found. */
    sealed interface Choice {
        record Go(Proposal proposal) implements Choice {}

        /** Something is in the way that is about to end. */
        record Later(String why) implements Choice {}

        record Nowhere(String why) implements Choice {}
    }

    /**
     * What is asked.
     *
     * @param now the cluster with everything that is about to move at both its nodes
     * @param vm its index
     * @param asked the name of a node; empty for the best one
     * @param why what the move is for
     */
    record Question(View view, Cluster now, Pool pool, int vm, String asked, String why) {
        Vm machine() {
            return now.vms().get(vm);
        }

        String from() {
            return String.valueOf(machine().node());
        }

        boolean comesIntoQuestion(NodeRank rank) {
            return (asked.isEmpty() || asked.equals(rank.node()))
                    && !rank.node().equals(from());
        }
    }

    Choice choose(Question question, Score before) {
        BitSet nodes = question.pool().nodes();
        List<NodeRank> ranks = StartPlacement.rank(
                        question.now(),
                        question.view().rules(),
                        question.vm(),
                        nodes,
                        question.pool().policy().goal())
                .stream()
                .filter(question::comesIntoQuestion)
                .limit(MOST_ASKED)
                .toList();
        Choice answer = new Choice.Nowhere(nobody(question));
        for (NodeRank rank : ranks) {
            Choice choice = judge(question, rank, before);
            if (choice instanceof Choice.Go || !question.asked().isEmpty()) {
                return choice;
            }
            answer = choice instanceof Choice.Later
                            || !(answer instanceof Choice.Later)
                                    && rank.obstacle().isEmpty()
                    ? choice
                    : answer;
        }
        return answer;
    }

    private Choice judge(Question question, NodeRank rank, Score before) {
        Set<String> failed = histories
                .of(question.machine())
                .quarantinedNodes(question.view().now());
        if (failed.contains(rank.node())) {
            return new Choice.Nowhere("A migration of it to the node (%s) failed, and it is not sent there for a while."
                    .formatted(rank.node()));
        }
        if (!rank.obstacle().isEmpty()) {
            return new Choice.Nowhere("The node (%s) does not take it: %s".formatted(rank.node(), rank.obstacle()));
        }
        Proposal proposal =
                proposer.single(question.view(), question.pool(), relocation(question, rank.node()), before);
        if (proposal.isEmpty()) {
            return new Choice.Nowhere("It cannot go to the node (%s): %s".formatted(rank.node(), proposal.message()));
        }
        List<Move> moves = proposal.plan().moves();
        return switch (MoveCheck.check(question.now(), question.view().active(), moves.getFirst(), moves)) {
            case MoveCheck.Ready _ -> new Choice.Go(proposal);
            case MoveCheck.Waits waits -> new Choice.Later(waits.why());
            case MoveCheck.Void none -> new Choice.Nowhere(none.why());
        };
    }

    private static Relocation relocation(Question question, String to) {
        return new Relocation(
                question.machine().id(), question.from(), to, Relocation.Reason.REQUESTED, question.why(), 0, 0);
    }

    private static String nobody(Question question) {
        if (!question.asked().isEmpty()) {
            return "The policy (%s) of its node governs no node (%s)."
                    .formatted(question.pool().policy().name(), question.asked());
        }
        return "No other node takes it (%s)."
                .formatted(StartPlacement.obstacles(
                        question.now(),
                        question.view().rules(),
                        question.vm(),
                        question.pool().nodes(),
                        question.pool().policy().goal()));
    }
}
