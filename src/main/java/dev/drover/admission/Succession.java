package dev.drover.admission;

import dev.drover.constraint.CompiledRules.Skew;
import dev.drover.model.Vm;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Says who may pass the gate now. Pods under a topology spread pass one after the other, those for the emptiest domain first: the scheduler
 * judges each against the pods that are bound, and counts pods that are only nominated against each other, so that together they would
 * keep one another from their nodes. All others pass at once. Not safe for threads.
 */
final class Succession {
    /** Whoever is not bound by then does not hold up the next one any longer. */
    private static final Duration LONGEST_TURN = Duration.ofSeconds(3);

    /** Since when pods have passed whose binding is awaited, by the uid of their instance. */
    private final Map<String, Instant> passed = new HashMap<>();

    /** @return some of {@code seats}; the others ask again */
    List<Seat> next(Situation situation, List<Seat> seats, Instant now) {
        passed.entrySet().removeIf(turn -> ended(situation, turn.getKey(), turn.getValue(), now));
        BitSet busy = new BitSet();
        passed.keySet().forEach(instance -> busy.or(skewsOf(situation, instance)));
        List<Seat> next = new ArrayList<>();
        for (Seat seat : emptiestFirst(situation, seats)) {
            BitSet own = spreadNow(situation, seat);
            if (own.isEmpty()) {
                next.add(seat);
            } else if (!own.intersects(busy)) {
                busy.or(own);
                passed.put(seat.pod().instanceUid(), now);
                next.add(seat);
            }
        }
        return next;
    }

    private static boolean ended(Situation situation, String instance, Instant since, Instant now) {
        boolean waiting = situation.vm(instance).isPresent()
                && situation
                                .cluster()
                                .vms()
                                .get(situation.vm(instance).getAsInt())
                                .node()
                        == null;
        return !waiting || !now.isBefore(since.plus(LONGEST_TURN));
    }

    private static List<Seat> emptiestFirst(Situation situation, List<Seat> seats) {
        Map<Seat, Integer> crowd = new HashMap<>();
        seats.forEach(seat -> crowd.put(seat, crowd(situation, seat)));
        Comparator<Seat> byCrowd = Comparator.comparing(crowd::get);
        return seats.stream()
                .sorted(byCrowd.thenComparing(seat -> seat.pod().uid()))
                .toList();
    }

    /** The most that one of the pod's spreads counts in the domain of its node. */
    private static int crowd(Situation situation, Seat seat) {
        int node = situation.nodeIndex().get(seat.node());
        return spreadNow(situation, seat).stream()
                .map(index -> crowd(situation, situation.rules().skews().get(index), node))
                .max()
                .orElse(0);
    }

    private static int crowd(Situation situation, Skew skew, int node) {
        int domain = skew.domainOf()[node];
        if (domain < 0) {
            return 0;
        }
        int count = skew.fixedMembers()[domain];
        for (int vm = skew.members().nextSetBit(0); vm >= 0; vm = skew.members().nextSetBit(vm + 1)) {
            Vm member = situation.cluster().vms().get(vm);
            Integer home = member.node() == null ? null : situation.nodeIndex().get(member.node());
            count += home != null && skew.domainOf()[home] == domain ? 1 : 0;
        }
        return count;
    }

    /** The spreads that the pod has to wait for: none for a migration's target, whose instance is counted already. */
    private static BitSet spreadNow(Situation situation, Seat seat) {
        return seat.pod().migration() == null ? skewsOf(situation, seat.pod().instanceUid()) : new BitSet();
    }

    /** Indexes of the spreads that an instance is a member of. */
    private static BitSet skewsOf(Situation situation, String instance) {
        BitSet skews = new BitSet();
        situation.vm(instance).ifPresent(vm -> {
            for (int i = 0; i < situation.rules().skews().size(); i++) {
                skews.set(i, situation.rules().skews().get(i).members().get(vm));
            }
        });
        return skews;
    }
}
