package dev.drover.bench.fleet;

import dev.drover.bench.fleet.Fleet.Member;
import dev.drover.bench.sequence.Setting;
import dev.drover.plan.sequence.PlacementRules;
import dev.drover.plan.sequence.SequenceProblem;
import dev.drover.plan.sequence.SequenceProblem.Moves;
import dev.drover.plan.sequence.SequenceProblem.Rules;
import dev.drover.plan.sequence.SequenceProblem.Space;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** What moves when a fleet changes its arrangement, as a problem of the scheduler: CPU and memory are held at both ends. */
final class FleetMoves {
    private final Fleet fleet;
    private final int[] nodeOf;
    private final int[] moving;

    /** @param nodeOf for each member its new node */
    FleetMoves(Fleet fleet, int[] nodeOf) {
        this.fleet = fleet;
        this.nodeOf = nodeOf;
        moving = IntStream.range(0, nodeOf.length)
                .filter(vm -> fleet.members().get(vm).node() != nodeOf[vm])
                .toArray();
    }

    /** @param setting whose limits hold; nothing is known of what the guests write, so it counts as nothing */
    SequenceProblem problem(Setting setting) {
        return new SequenceProblem(space(), moves(), setting.limits(), rules());
    }

    private Space space() {
        long[] capacity = new long[2 * fleet.nodes()];
        long[] held = new long[2 * fleet.nodes()];
        for (int node = 0; node < fleet.nodes(); node++) {
            capacity[2 * node] = fleet.cpu();
            capacity[2 * node + 1] = fleet.memory();
        }
        for (Member member : fleet.members()) {
            held[2 * member.node()] += member.cpu();
            held[2 * member.node() + 1] += member.memory();
        }
        return new Space(fleet.nodes(), 2, capacity, held);
    }

    private Moves moves() {
        List<Member> members =
                Arrays.stream(moving).mapToObj(fleet.members()::get).toList();
        return new Moves(
                members.stream().mapToInt(Member::node).toArray(),
                Arrays.stream(moving).map(vm -> nodeOf[vm]).toArray(),
                members.stream()
                        .flatMapToLong(member -> Arrays.stream(new long[] {member.cpu(), member.memory()}))
                        .toArray(),
                members.stream()
                        .mapToDouble(member -> Math.max(1, member.memory()) * (double) Setting.GIB)
                        .toArray(),
                new double[moving.length],
                new int[moving.length],
                new int[moving.length][0]);
    }

    /** Where one of a group leaves a node and another enters it, the second waits for the first; two that trade places cannot. */
    private Rules rules() {
        Map<List<Integer>, Integer> leaves = new HashMap<>();
        for (int move = 0; move < moving.length; move++) {
            Member member = fleet.members().get(moving[move]);
            if (member.group() != Fleet.ALONE) {
                leaves.put(List.of(member.group(), member.node()), move);
            }
        }
        List<int[]> precedence = new ArrayList<>();
        for (int move = 0; move < moving.length; move++) {
            int group = fleet.members().get(moving[move]).group();
            Integer first = leaves.get(List.of(group, nodeOf[moving[move]]));
            if (first != null) {
                precedence.add(new int[] {first, move});
            }
        }
        return new Rules(
                precedence.toArray(new int[0][]),
                new int[0][],
                Rules.none(moving.length).deadline(),
                this::mayStopOver,
                PlacementRules.NONE);
    }

    /** Never on a node that is to be empty; and of a group another one could be there meanwhile. */
    private boolean mayStopOver(int move, int node) {
        return fleet.members().get(moving[move]).group() == Fleet.ALONE
                && !fleet.evacuated().get(node);
    }

    /** For each move the member that moves. */
    int[] moving() {
        return moving;
    }
}
