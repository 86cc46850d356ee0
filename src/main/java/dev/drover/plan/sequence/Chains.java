package dev.drover.plan.sequence;

import java.util.Arrays;

/**
 * What is behind each leg if the itinerary is followed: those that enter the node it leaves and have no room without it, that which
 * continues from its stop-over, those that follow it by rule, and what is behind these. What somebody waits for is as urgent as who waits.
 * Never changed once it is made.
 */
final class Chains {
    private final SequenceProblem problem;
    private final Itinerary itinerary;
    private final Lists legsOf;
    private final Lists firsts;
    private final int[] lastLeg;
    private final int resources;
    /** For each leg its least seconds and those of the longest chain behind it. */
    private final double[] seconds;
    /** For each leg the first rank, and the second at which it must start for a deadline of what is behind it. */
    private final int[] rank;

    private final double[] latestStart;

    private Chains(SequenceProblem problem, Itinerary itinerary) {
        this.problem = problem;
        this.itinerary = itinerary;
        resources = problem.space().resources();
        legsOf = Lists.of(problem.space().nodes(), itinerary.from(), itinerary.to());
        int moves = problem.moves().count();
        firsts = Lists.of(
                moves,
                Arrays.stream(problem.rules().precedence())
                        .mapToInt(pair -> pair[1])
                        .toArray());
        lastLeg = new int[moves];
        Arrays.fill(lastLeg, Itinerary.NONE);
        int legs = itinerary.legs();
        seconds = new double[legs];
        rank = new int[legs];
        latestStart = new double[legs];
        for (int leg = 0; leg < legs; leg++) {
            int move = itinerary.move()[leg];
            lastLeg[move] = leg;
            rank[leg] = problem.moves().rank()[move];
            latestStart[leg] = problem.rules().deadline()[move] - problem.leastSeconds(move);
        }
    }

    static Chains of(SequenceProblem problem, Itinerary itinerary) {
        Chains chains = new Chains(problem, itinerary);
        for (int leg = itinerary.legs() - 1; leg >= 0; leg--) {
            chains.seconds[leg] += problem.leastSeconds(itinerary.move()[leg]);
            chains.followed(leg);
            chains.givenRoom(leg);
        }
        return chains;
    }

    double seconds(int leg) {
        return seconds[leg];
    }

    int rank(int leg) {
        return rank[leg];
    }

    double latestStart(int leg) {
        return latestStart[leg];
    }

    private void followed(int leg) {
        if (itinerary.before()[leg] != Itinerary.NONE) {
            behind(itinerary.before()[leg], leg);
            return;
        }
        int move = itinerary.move()[leg];
        for (int i = firsts.from(move); i < firsts.to(move); i++) {
            behind(lastLeg[problem.rules().precedence()[firsts.at(i)][0]], leg);
        }
    }

    private void givenRoom(int leg) {
        int node = itinerary.to()[leg];
        int place = legsOf.from(node);
        while (legsOf.at(place) != leg) {
            place++;
        }
        for (int resource = 0; resource < resources; resource++) {
            long lacks = lacks(leg, resource, place);
            for (int i = legsOf.from(node); i < place && lacks > 0; i++) {
                int other = legsOf.at(i);
                long amount = amount(other, resource);
                if (itinerary.from()[other] == node && amount > 0) {
                    behind(other, leg);
                    lacks -= amount;
                }
            }
        }
    }

    private void behind(int first, int second) {
        seconds[first] = Math.max(seconds[first], seconds[second]);
        rank[first] = Math.min(rank[first], rank[second]);
        double least = problem.leastSeconds(itinerary.move()[first]);
        latestStart[first] = Math.min(latestStart[first], latestStart[second] - least);
    }

    /** What a leg lacks at its target when all have come that come before it, and none has left. */
    private long lacks(int leg, int resource, int place) {
        int node = itinerary.to()[leg];
        int at = node * resources + resource;
        long amount = amount(leg, resource);
        long lacks = amount + problem.space().held()[at] - problem.space().capacity()[at];
        for (int i = legsOf.from(node); i < place; i++) {
            int other = legsOf.at(i);
            lacks += itinerary.to()[other] == node ? amount(other, resource) : 0;
        }
        return amount > 0 ? lacks : 0;
    }

    private long amount(int leg, int resource) {
        return problem.moves().amounts()[itinerary.move()[leg] * resources + resource];
    }
}
