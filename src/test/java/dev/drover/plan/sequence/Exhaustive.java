package dev.drover.plan.sequence;

import java.util.ArrayList;
import java.util.List;

/**
 * The shortest makespan without stop-overs, by trying every order in which moves could start, each as early as it can; for a few moves
 * whose durations do not depend on each other. Starting one earlier gives back everything earlier, so that nothing shorter is missed.
 */
final class Exhaustive {
    private record Flight(int move, double start, double end) {}

    private final SequenceProblem problem;
    private final List<Flight> flights = new ArrayList<>();
    private double best = Double.POSITIVE_INFINITY;

    private Exhaustive(SequenceProblem problem) {
        this.problem = problem;
    }

    /** Infinite when there is no such order. */
    static double makespan(SequenceProblem problem) {
        Exhaustive search = new Exhaustive(problem);
        search.branch(0, new boolean[problem.moves().count()]);
        return search.best;
    }

    private void branch(double earliest, boolean[] isStarted) {
        if (flights.size() == problem.moves().count()) {
            best = Math.min(
                    best, flights.stream().mapToDouble(Flight::end).max().orElse(0));
            return;
        }
        for (int move = 0; move < isStarted.length; move++) {
            double start = isStarted[move] ? Double.POSITIVE_INFINITY : earliest(move, earliest);
            if (start < best) {
                isStarted[move] = true;
                flights.add(new Flight(move, start, start + problem.leastSeconds(move)));
                branch(start, isStarted);
                flights.removeLast();
                isStarted[move] = false;
            }
        }
    }

    private double earliest(int move, double from) {
        double best = allows(move, from) ? from : Double.POSITIVE_INFINITY;
        for (Flight flight : flights) {
            if (flight.end() > from && flight.end() < best && allows(move, flight.end())) {
                best = flight.end();
            }
        }
        return best;
    }

    private boolean allows(int move, double time) {
        int from = problem.moves().source()[move];
        int to = problem.moves().target()[move];
        int all = 0;
        int leaving = 0;
        int entering = 0;
        for (Flight flight : flights) {
            if (flight.end() > time) {
                all++;
                leaving += problem.moves().source()[flight.move()] == from ? 1 : 0;
                entering += problem.moves().target()[flight.move()] == to ? 1 : 0;
            }
        }
        return all < problem.limits().cluster()
                && leaving < problem.limits().perSource()
                && entering < problem.limits().perTarget()
                && hasRoom(move, to, time);
    }

    private boolean hasRoom(int move, int node, double time) {
        int resources = problem.space().resources();
        for (int resource = 0; resource < resources; resource++) {
            long used = problem.space().held()[node * resources + resource] + amount(move, resource);
            for (Flight flight : flights) {
                used += problem.moves().target()[flight.move()] == node ? amount(flight.move(), resource) : 0;
                boolean hasLeft = problem.moves().source()[flight.move()] == node && flight.end() <= time;
                used -= hasLeft ? amount(flight.move(), resource) : 0;
            }
            if (used > problem.space().capacity()[node * resources + resource]) {
                return false;
            }
        }
        return true;
    }

    private long amount(int move, int resource) {
        return problem.moves().amounts()[move * problem.space().resources() + resource];
    }
}
