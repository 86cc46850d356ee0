package dev.drover.plan.sequence;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * Which legs the placement rules let start: those that break none now, and none of those before which they start out of order when what
 * runs has arrived. Not safe for threads.
 */
final class TiedLegs {
    /** To start before more others that are tied to it, a leg waits: looking through them all would take too long. */
    private static final int MOST_OVERTAKEN = 64;

    private final Ties ties;
    private final Itinerary itinerary;
    private final Lists legsOf;
    private final int[] tieOf;
    private final Map<Integer, Set<Integer>> keptAway = new TreeMap<>();

    TiedLegs(Ties ties, Itinerary itinerary, int moves) {
        this.ties = ties;
        this.itinerary = itinerary;
        tieOf = Arrays.stream(itinerary.move()).map(ties::of).toArray();
        legsOf = Lists.of(
                moves + 1,
                Arrays.stream(tieOf).map(tie -> tie == Ties.NONE ? moves : tie).toArray());
        ties.begin();
    }

    /** @param isWaiting whether a leg has not started */
    boolean allow(int leg, IntPredicate isWaiting) {
        if (tieOf[leg] == Ties.NONE) {
            return true;
        }
        boolean isAllowed = ties.held().allow(move(leg), itinerary.to()[leg]) && isSafe(leg, isWaiting);
        if (!isAllowed) {
            keptAway.computeIfAbsent(tieOf[leg], tie -> new TreeSet<>()).add(leg);
        }
        return isAllowed;
    }

    /** Whether what comes before the leg in the safe order is still allowed, one after the other, when the leg is at its target. */
    private boolean isSafe(int leg, IntPredicate isWaiting) {
        Deque<Integer> tried = new ArrayDeque<>();
        rest(leg, itinerary.to()[leg]);
        tried.push(leg);
        boolean isSafe = true;
        for (int i = legsOf.from(tieOf[leg]); isSafe && legsOf.at(i) != leg; i++) {
            int other = legsOf.at(i);
            if (isWaiting.test(other)) {
                isSafe = tried.size() <= MOST_OVERTAKEN
                        && ties.settled().allow(move(other), itinerary.to()[other]);
                rest(other, itinerary.to()[other]);
                tried.push(other);
            }
        }
        tried.forEach(each -> rest(each, itinerary.from()[each]));
        return isSafe;
    }

    private void rest(int leg, int node) {
        ties.settled().put(move(leg), node, node);
    }

    /** @return the legs that may be allowed now */
    IntStream started(int leg) {
        if (tieOf[leg] == Ties.NONE) {
            return IntStream.empty();
        }
        ties.held().put(move(leg), itinerary.from()[leg], itinerary.to()[leg]);
        rest(leg, itinerary.to()[leg]);
        return woken(leg);
    }

    /** @return the legs that may be allowed now */
    IntStream ended(int leg) {
        if (tieOf[leg] == Ties.NONE) {
            return IntStream.empty();
        }
        ties.held().put(move(leg), itinerary.to()[leg], itinerary.to()[leg]);
        return woken(leg);
    }

    /** @return the legs that may be allowed now */
    IntStream failed(int leg) {
        if (tieOf[leg] == Ties.NONE) {
            return IntStream.empty();
        }
        ties.held().put(move(leg), itinerary.from()[leg], itinerary.from()[leg]);
        rest(leg, itinerary.from()[leg]);
        legsOf.toFront(tieOf[leg], leg);
        return woken(leg);
    }

    private IntStream woken(int leg) {
        Set<Integer> others = keptAway.remove(tieOf[leg]);
        return others == null ? IntStream.empty() : others.stream().mapToInt(Integer::intValue);
    }

    private int move(int leg) {
        return itinerary.move()[leg];
    }
}
