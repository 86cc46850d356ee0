package dev.drover.plan.sequence;

import dev.drover.plan.sequence.SequenceProblem.Limits;
import dev.drover.plan.sequence.SequenceProblem.Moves;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Whether legs do what was asked and break nothing at any instant, with plain collections and from nothing. At equal times ends come
 * before starts. It shares no code with the scheduler. Not safe for threads.
 */
public final class SequenceCheck {
    private static final double TOLERANCE = 1e-6;

    private record Event(double time, boolean isStart, Leg leg) {}

    private final SequenceProblem problem;
    private final Moves moves;
    private final List<String> breaches = new ArrayList<>();
    private final Map<Integer, long[]> held = new HashMap<>();
    private final Map<Integer, List<Leg>> leaving = new HashMap<>();
    private final Map<Integer, List<Leg>> entering = new HashMap<>();
    private final Map<Leg, Double> copied = new HashMap<>();
    private final Map<Leg, Double> since = new HashMap<>();
    private final Map<Integer, List<Leg>> legsOf = new TreeMap<>();
    private final Set<Integer> inFlight = new HashSet<>();
    private final PlacementRules.Copies copies;

    private SequenceCheck(SequenceProblem problem) {
        this.problem = problem;
        moves = problem.moves();
        copies = problem.rules().placement().copies();
    }

    /**
     * Everything that is wrong, one sentence each; a deadline that was missed too.
     *
     * @param refused moves that are not to be done
     */
    public static List<String> breaches(SequenceProblem problem, List<Leg> legs, Set<Integer> refused) {
        SequenceCheck check = new SequenceCheck(problem);
        legs.stream().sorted(Comparator.comparingDouble(Leg::start)).forEach(leg -> check.legsOf
                .computeIfAbsent(leg.move(), move -> new ArrayList<>())
                .add(leg));
        check.routes(refused);
        check.rules();
        check.instants(legs);
        return check.breaches;
    }

    private void routes(Set<Integer> refused) {
        for (int move = 0; move < moves.count(); move++) {
            List<Leg> legs = legsOf.getOrDefault(move, List.of());
            if (legs.isEmpty() != refused.contains(move)) {
                breaches.add("move (" + move + ") " + (legs.isEmpty() ? "was not made" : "was made and is left out"));
            }
            int at = moves.source()[move];
            double time = 0;
            for (Leg leg : legs) {
                if (leg.from() != at || leg.start() < time || leg.to() == at || !(leg.end() > leg.start())) {
                    breaches.add("move (" + move + ") is at node (" + at + ") at " + time + " s, so not (" + leg + ")");
                }
                if (leg != legs.getLast() && !problem.rules().stopOvers().allow(move, leg.to())) {
                    breaches.add("move (" + move + ") may not stop over on node (" + leg.to() + ")");
                }
                at = leg.to();
                time = leg.end();
            }
            if (!legs.isEmpty() && at != moves.target()[move] && !isAsGood(move, at)) {
                breaches.add("move (" + move + ") ends at node (" + at + ")");
            }
            if (time > problem.rules().deadline()[move]) {
                breaches.add("move (" + move + ") ends at " + time + " s, after its deadline");
            }
        }
    }

    private boolean isAsGood(int move, int node) {
        for (int other : moves.otherTargets()[move]) {
            if (other == node) {
                return true;
            }
        }
        return false;
    }

    private void rules() {
        for (int[] pair : problem.rules().precedence()) {
            List<Leg> second = legsOf.getOrDefault(pair[1], List.of());
            List<Leg> first = legsOf.getOrDefault(pair[0], List.of());
            if (!second.isEmpty()
                    && (first.isEmpty()
                            || first.getLast().end() > second.getFirst().start())) {
                breaches.add("move (" + pair[1] + ") does not follow move (" + pair[0] + ")");
            }
        }
    }

    private void instants(List<Leg> legs) {
        int resources = problem.space().resources();
        for (int node = 0; node < problem.space().nodes(); node++) {
            long[] amounts = new long[resources];
            System.arraycopy(problem.space().held(), node * resources, amounts, 0, resources);
            held.put(node, amounts);
            leaving.put(node, new ArrayList<>());
            entering.put(node, new ArrayList<>());
        }
        List<Event> events = new ArrayList<>();
        for (Leg leg : legs) {
            events.add(new Event(leg.start(), true, leg));
            events.add(new Event(leg.end(), false, leg));
        }
        events.sort(Comparator.comparingDouble(Event::time).thenComparing(Event::isStart));
        for (Event event : events) {
            copyUntil(event.time(), event.leg());
            if (event.isStart()) {
                start(event);
            } else {
                end(event);
            }
        }
    }

    private void start(Event event) {
        Leg leg = event.leg();
        Limits limits = problem.limits();
        if (!copies.allow(leg.move(), leg.to())) {
            breaches.add("a rule keeps move (" + leg.move() + ") away from node (" + leg.to() + ") at " + event.time()
                    + " s");
        }
        copies.put(leg.move(), leg.from(), leg.to());
        hold(leg.to(), leg, 1);
        leaving.get(leg.from()).add(leg);
        entering.get(leg.to()).add(leg);
        copied.put(leg, 0.0);
        since.put(leg, event.time());
        if (!inFlight.add(leg.move())) {
            breaches.add("move (" + leg.move() + ") is in flight twice at " + event.time() + " s");
        }
        for (int[] set : problem.rules().oneAtATime()) {
            List<Integer> together =
                    Arrays.stream(set).filter(inFlight::contains).boxed().toList();
            if (together.contains(leg.move()) && together.size() > 1) {
                breaches.add("moves " + together + " are in flight together at " + event.time() + " s");
            }
        }
        most(inFlight.size(), limits.cluster(), "moves are in flight", event);
        most(leaving.get(leg.from()).size(), limits.perSource(), "leave node (" + leg.from() + ")", event);
        most(entering.get(leg.to()).size(), limits.perTarget(), "enter node (" + leg.to() + ")", event);
    }

    private void most(int count, int limit, String what, Event event) {
        if (count > limit) {
            breaches.add(count + " " + what + " at " + event.time() + " s; at most " + limit + " may");
        }
    }

    private void end(Event event) {
        Leg leg = event.leg();
        copies.put(leg.move(), leg.to(), leg.to());
        hold(leg.from(), leg, -1);
        leaving.get(leg.from()).remove(leg);
        entering.get(leg.to()).remove(leg);
        inFlight.remove(leg.move());
        double bytes = moves.bytes()[leg.move()];
        if (!(Math.abs(copied.getOrDefault(leg, 0.0) - bytes) <= TOLERANCE * bytes)) {
            breaches.add(leg + " copies " + copied.get(leg) + " of " + bytes + " bytes");
        }
    }

    private void hold(int node, Leg leg, int sign) {
        int resources = problem.space().resources();
        for (int resource = 0; resource < resources; resource++) {
            long amount = moves.amounts()[leg.move() * resources + resource];
            held.get(node)[resource] += sign * amount;
            long capacity = problem.space().capacity()[node * resources + resource];
            if (sign > 0 && amount > 0 && held.get(node)[resource] > capacity) {
                breaches.add("node (" + node + ") holds " + held.get(node)[resource] + " of " + capacity + " from "
                        + leg.start() + " s on");
            }
        }
    }

    /** All whose bandwidth changes when a leg starts or ends: those that share a node with it. */
    private void copyUntil(double time, Leg changed) {
        Set<Leg> near = new HashSet<>();
        for (int node : List.of(changed.from(), changed.to())) {
            near.addAll(leaving.get(node));
            near.addAll(entering.get(node));
        }
        for (Leg leg : near) {
            double rate = bandwidth(leg) - moves.dirtyRate()[leg.move()];
            copied.merge(leg, rate * (time - since.get(leg)), Double::sum);
            since.put(leg, time);
        }
    }

    private double bandwidth(Leg leg) {
        double whole = problem.limits().bandwidth();
        return problem.limits().isShared() ? Math.min(whole / streams(leg.from()), whole / streams(leg.to())) : whole;
    }

    private int streams(int node) {
        return leaving.get(node).size() + entering.get(node).size();
    }
}
