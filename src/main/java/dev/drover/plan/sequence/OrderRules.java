package dev.drover.plan.sequence;

import java.util.Arrays;
import java.util.stream.IntStream;

/** Which legs the order rules let start: those whose predecessors have ended and of whose sets none is in flight. Not safe for threads. */
final class OrderRules {
    private final SequenceProblem.Rules rules;
    private final Itinerary itinerary;
    private final Lists followers;
    private final Lists setsOf;
    private final Lists legsOf;
    private final int[] setOf;
    private final int[] unmet;
    private final int[] inFlight;
    private final boolean[] hasEnded;
    private final boolean isEmpty;
    private final boolean[] isLast;

    OrderRules(SequenceProblem.Rules rules, Itinerary itinerary) {
        this.rules = rules;
        this.itinerary = itinerary;
        int moves = rules.deadline().length;
        followers = Lists.of(
                moves,
                Arrays.stream(rules.precedence()).mapToInt(pair -> pair[0]).toArray());
        int[] members =
                Arrays.stream(rules.oneAtATime()).flatMapToInt(IntStream::of).toArray();
        setsOf = Lists.of(moves, members);
        setOf = IntStream.range(0, rules.oneAtATime().length)
                .flatMap(set -> IntStream.of(rules.oneAtATime()[set]).map(member -> set))
                .toArray();
        legsOf = Lists.of(moves, itinerary.move());
        unmet = new int[moves];
        for (int[] pair : rules.precedence()) {
            unmet[pair[1]]++;
        }
        inFlight = new int[rules.oneAtATime().length];
        hasEnded = new boolean[itinerary.legs()];
        isEmpty = members.length == 0 && rules.precedence().length == 0;
        isLast = new boolean[itinerary.legs()];
        Arrays.fill(isLast, true);
        IntStream.of(itinerary.before()).filter(leg -> leg != Itinerary.NONE).forEach(leg -> isLast[leg] = false);
    }

    boolean allow(int leg) {
        int before = itinerary.before()[leg];
        if (before != Itinerary.NONE && !hasEnded[before]) {
            return false;
        }
        if (isEmpty) {
            return true;
        }
        int move = itinerary.move()[leg];
        boolean isFree = unmet[move] == 0;
        for (int i = setsOf.from(move); i < setsOf.to(move) && isFree; i++) {
            isFree = inFlight[setOf[setsOf.at(i)]] == 0;
        }
        return isFree;
    }

    void started(int leg) {
        count(leg, 1);
    }

    /** @return the legs that may be allowed now */
    IntStream ended(int leg) {
        hasEnded[leg] = true;
        int move = itinerary.move()[leg];
        IntStream.Builder woken = IntStream.builder();
        if (isLast[leg]) {
            for (int i = followers.from(move); i < followers.to(move); i++) {
                int follower = rules.precedence()[followers.at(i)][1];
                unmet[follower]--;
                woken.add(follower);
            }
        }
        return IntStream.concat(legs(woken.build()), failed(leg));
    }

    /** @return the legs that may be allowed now */
    IntStream failed(int leg) {
        count(leg, -1);
        int move = itinerary.move()[leg];
        IntStream peers = IntStream.range(setsOf.from(move), setsOf.to(move))
                .flatMap(i -> IntStream.of(rules.oneAtATime()[setOf[setsOf.at(i)]]));
        return legs(IntStream.concat(IntStream.of(move), peers));
    }

    private IntStream legs(IntStream moves) {
        return moves.flatMap(
                move -> IntStream.range(legsOf.from(move), legsOf.to(move)).map(legsOf::at));
    }

    private void count(int leg, int by) {
        int move = itinerary.move()[leg];
        for (int i = setsOf.from(move); i < setsOf.to(move); i++) {
            inFlight[setOf[setsOf.at(i)]] += by;
        }
    }
}
