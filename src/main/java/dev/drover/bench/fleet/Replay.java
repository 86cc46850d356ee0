package dev.drover.bench.fleet;

import dev.drover.bench.fleet.Fleet.Member;
import dev.drover.placement.search.Live;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * A fleet to which things happen, and the live arrangement that is told of them: of a hundred events 40 change a demand, 25 start and
 * 25 stop a virtual machine, 8 change its group, and 2 take a node away. New demands are drawn from those that the fleet began with,
 * so that its load stays about the same.
 */
final class Replay {
    private static final int HUNDRED = 100;
    private static final int DEMAND = 40;
    private static final int START = DEMAND + 25;
    private static final int STOP = START + 25;
    private static final int REGROUP = STOP + 8;

    private final Fleet fleet;
    private final Live live;
    private final RandomGenerator random;
    /** The numbers of those that run, in no order, and what each is. */
    private final List<Integer> running = new ArrayList<>();

    private final Map<Integer, Member> members = new HashMap<>();
    private final BitSet lost = new BitSet();

    Replay(Fleet fleet, int events, long seed) {
        this.fleet = fleet;
        random = new SplittableRandom(seed);
        live = new Live(FleetProblem.rebalance(fleet), events, seed);
        for (int vm = 0; vm < fleet.members().size(); vm++) {
            running.add(vm);
            members.put(vm, fleet.members().get(vm));
        }
        lost.or(fleet.evacuated());
        lost.stream().forEach(live::lose);
    }

    Live live() {
        return live;
    }

    /** Draws the next event, and gives what it takes to apply it, so that only that is measured. */
    Runnable next() {
        int kind = random.nextInt(HUNDRED);
        if (kind >= REGROUP) {
            return lose();
        }
        if (kind >= DEMAND && kind < START || running.isEmpty()) {
            return start();
        }
        int place = random.nextInt(running.size());
        if (kind < DEMAND) {
            return demand(running.get(place));
        }
        return kind < STOP ? stop(place) : regroup(running.get(place));
    }

    private Member any() {
        return fleet.members().get(random.nextInt(fleet.members().size()));
    }

    private Runnable demand(int vm) {
        Member was = members.get(vm);
        int cpu = any().cpu();
        members.put(vm, new Member(was.node(), cpu, was.memory(), was.group()));
        return () -> live.demand(vm, FleetProblem.demand(cpu, was.memory()));
    }

    private Runnable start() {
        Member like = any();
        return () -> {
            int vm = live.start(FleetProblem.demand(like.cpu(), like.memory()), like.group(), like.memory());
            members.put(vm, like);
            running.add(vm);
        };
    }

    private Runnable stop(int place) {
        int vm = running.set(place, running.getLast());
        running.removeLast();
        members.remove(vm);
        return () -> live.stop(vm);
    }

    private Runnable regroup(int vm) {
        int group = random.nextBoolean() ? any().group() : Fleet.ALONE;
        return () -> {
            if (live.regroup(vm, group)) {
                members.computeIfPresent(vm, (number, was) -> new Member(was.node(), was.cpu(), was.memory(), group));
            }
        };
    }

    private Runnable lose() {
        int node = lost.nextClearBit(random.nextInt(fleet.nodes()));
        if (node >= fleet.nodes() || lost.cardinality() > fleet.nodes() / 2) {
            return start();
        }
        lost.set(node);
        return () -> live.lose(node);
    }

    /** Those that find no node. */
    List<Member> homeless() {
        return running.stream()
                .filter(vm -> live.nodeOf(vm) < 0)
                .map(members::get)
                .toList();
    }

    /**
     * The fleet as it is now, without those that find no node, each where the live arrangement has it; the lost nodes are those that
     * are to be empty.
     */
    Fleet fleetNow() {
        List<Member> here = running.stream()
                .filter(vm -> live.nodeOf(vm) >= 0)
                .map(vm -> {
                    Member member = members.get(vm);
                    return new Member(live.nodeOf(vm), member.cpu(), member.memory(), member.group());
                })
                .toList();
        return new Fleet(fleet.nodes(), fleet.cpu(), fleet.memory(), (BitSet) lost.clone(), here);
    }
}
