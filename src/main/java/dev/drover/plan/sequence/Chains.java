package dev.drover.plan.sequence;

/**
 * How long it takes from the start of each leg, at least, to the end of the last one that waits for it if the itinerary is followed:
 * those that enter the node it leaves and have no room without it, those that continue from its stop-over, those that follow it by
 * rule, and what waits for these. Not safe for threads.
 */
final class Chains {
    private final SequenceProblem problem;
    private final Itinerary itinerary;
    private final Lists legsOf;
    private final int resources;
    private final double[] seconds;

    private Chains(SequenceProblem problem, Itinerary itinerary) {
        this.problem = problem;
        this.itinerary = itinerary;
        resources = problem.space().resources();
        legsOf = Lists.of(problem.space().nodes(), itinerary.from(), itinerary.to());
        seconds = new double[itinerary.legs()];
    }

    /** For each leg its seconds and those of the longest chain behind it. */
    static double[] of(SequenceProblem problem, Itinerary itinerary) {
        Chains chains = new Chains(problem, itinerary);
        for (int leg = itinerary.legs() - 1; leg >= 0; leg--) {
            chains.seconds[leg] += problem.leastSeconds(itinerary.move()[leg]);
            chains.lengthen(leg);
        }
        return chains.seconds;
    }

    private void lengthen(int leg) {
        if (itinerary.before()[leg] != Itinerary.NONE) {
            behind(itinerary.before()[leg], leg);
        }
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
