package dev.drover.cli.plan;

import dev.drover.dump.Dump;
import dev.drover.dump.Freedom;
import dev.drover.dump.PlanFile.Ranked;
import dev.drover.model.Vm;
import dev.drover.placement.Goal;
import dev.drover.placement.NodeRank;
import dev.drover.placement.Relocation;
import dev.drover.placement.StartDecision;
import dev.drover.placement.StartPlacement;
import dev.drover.plan.Move;
import dev.drover.plan.Pools.Pool;
import dev.drover.reconcile.Rehearsal;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Ranks the nodes for one virtual machine as they are now, before any other move, and says of each why it was not taken. */
final class NodeRanking {
    private static final double SAME = 1e-9;

    private final Dump dump;
    private final Rehearsal rehearsal;
    private final List<Rehearsal.Answer> answers;
    private final List<StartDecision> starts;

    NodeRanking(Dump dump, Rehearsal rehearsal, List<Rehearsal.Answer> answers, List<StartDecision> starts) {
        this.dump = dump;
        this.rehearsal = rehearsal;
        this.answers = answers;
        this.starts = starts;
    }

    /**
     * @param vm its index in the cluster
     * @return the best node first; none when no policy governs it
     */
    List<Ranked> of(int vm) {
        Vm asked = dump.cluster().vms().get(vm);
        Optional<Pool> pool = poolOf(asked);
        if (asked.running() && pool.isEmpty()) {
            return List.of();
        }
        BitSet nodes = asked.running() ? pool.orElseThrow().nodes() : rehearsal.placeableNodes();
        Goal goal = asked.running() ? pool.orElseThrow().policy().goal() : rehearsal.startGoal();
        List<NodeRank> ranks = StartPlacement.rank(dump.cluster(), rehearsal.rules(), vm, nodes, goal);
        String taken = taken(asked);
        Map<String, Double> pressures = ranks.stream().collect(Collectors.toMap(NodeRank::node, NodeRank::pressure));
        return ranks.stream()
                .map(rank -> new Ranked(rank.node(), rank.pressure(), verdict(asked, rank, pressures, goal, taken)))
                .toList();
    }

    private Optional<Pool> poolOf(Vm vm) {
        Integer node = vm.node() == null ? null : dump.cluster().nodeIndex().get(vm.node());
        return rehearsal.pools().pools().stream()
                .filter(pool -> node != null && pool.nodes().get(node))
                .findFirst();
    }

    /** Where it ends by the plan, or starts; null when it stays, or starts nowhere. */
    private @Nullable String taken(Vm vm) {
        String taken = null;
        for (Rehearsal.Answer answer : answers) {
            for (Move move : answer.plan().moves()) {
                taken = move.vm().equals(vm.id()) ? move.to() : taken;
            }
        }
        for (StartDecision start : starts) {
            if (start instanceof StartDecision.Placed placed && placed.vm().equals(vm.id())) {
                taken = placed.node();
            }
        }
        return taken;
    }

    private String verdict(Vm vm, NodeRank rank, Map<String, Double> pressures, Goal goal, @Nullable String taken) {
        if (rank.node().equals(taken)) {
            return vm.running() ? "taken: it moves here" : "taken: it starts here";
        }
        if (rank.node().equals(vm.node())) {
            return taken == null ? "it stays here" : "it runs here now";
        }
        Freedom freedom = dump.freedomOf(vm.id());
        if (!rank.obstacle().isEmpty()) {
            return rank.obstacle();
        }
        if (freedom.avoids().contains(rank.node())) {
            return "it failed to move here, and is not sent here for a while";
        }
        return comparison(vm, rank, pressures, goal, taken == null ? vm.node() : taken);
    }

    private String comparison(Vm vm, NodeRank rank, Map<String, Double> pressures, Goal goal, @Nullable String best) {
        Double reference = best == null ? null : pressures.get(best);
        if (reference == null) {
            return "it could start here; the others that start need the room";
        }
        if (rank.pressure() > reference + SAME) {
            return "fuller than " + best;
        }
        if (goal.objective() == Goal.Objective.CONSOLIDATE && rank.pressure() < reference - SAME) {
            return "emptier than " + best + ", and as few nodes as possible are wanted";
        }
        return best.equals(vm.node())
                ? whyItStays(vm)
                : "as good alone; " + best + " is better for the plan as a whole";
    }

    private String whyItStays(Vm vm) {
        if (!vm.migratability().live() || dump.freedomOf(vm.id()).extent() != Freedom.Extent.ALWAYS) {
            return "it may not be moved";
        }
        boolean isRepairing = answers.stream()
                .filter(answer -> poolOf(vm).filter(answer.pool()::equals).isPresent())
                .flatMap(answer -> answer.plan().moves().stream())
                .anyMatch(move -> move.reason() == Relocation.Reason.CONSTRAINT_REPAIR);
        return isRepairing ? "repairs go first; balance is for a later plan" : "the gain is not worth a migration";
    }
}
