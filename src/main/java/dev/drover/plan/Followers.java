package dev.drover.plan;

import dev.drover.placement.Reservations;
import dev.drover.plan.sequence.Leg;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;

/**
 * Which legs of an order each leg has to follow, so that the order holds for every duration and for every failure, and with any number
 * of legs in flight: a smallest set of those that have ended before it and without whose end it could not start if all others that have
 * started still held both ends. Not safe for threads.
 */
final class Followers {
    private final List<Task> tasks;
    private final List<Leg> legs;
    /** Here every leg that was started holds both ends for ever. */
    private final Reservations worst;

    private final Map<Integer, Integer> lastLeg = new HashMap<>();
    private final List<Integer> ended = new ArrayList<>();

    private Followers(List<Task> tasks, List<Leg> legs, Reservations worst) {
        this.tasks = tasks;
        this.legs = legs;
        this.worst = worst;
        for (int leg = 0; leg < legs.size(); leg++) {
            lastLeg.put(legs.get(leg).move(), leg);
        }
    }

    /**
     * @param legs in the order in which they start
     * @param worst what is held when the first one starts; changed by this
     * @return for each leg the indexes of those that it follows, rising
     */
    static List<List<Integer>> of(List<Task> tasks, List<Leg> legs, Reservations worst) {
        return new Followers(tasks, legs, worst).all();
    }

    private List<List<Integer>> all() {
        List<List<Integer>> all = new ArrayList<>();
        PriorityQueue<Integer> running = new PriorityQueue<>(
                Comparator.<Integer>comparingDouble(leg -> legs.get(leg).end()).thenComparing(leg -> leg));
        for (int leg = 0; leg < legs.size(); leg++) {
            while (!running.isEmpty()
                    && legs.get(running.peek()).end() <= legs.get(leg).start()) {
                end(running.remove());
            }
            all.add(followed(leg));
            hold(leg);
            running.add(leg);
        }
        return all;
    }

    private void end(int leg) {
        ended.add(leg);
        if (isStopOver(leg)) {
            // Whatever this makes room for follows it, so for that it has ended.
            release(leg);
        }
    }

    private List<Integer> followed(int leg) {
        List<Integer> near = ended.stream().filter(other -> isNear(other, leg)).toList();
        List<Integer> followed = new ArrayList<>();
        for (int other : near) {
            if (!isStopOver(other) && !admits(leg)) {
                release(other);
                followed.add(other);
            }
        }
        for (int other : List.copyOf(followed)) {
            hold(other);
            if (admits(leg)) {
                followed.remove(Integer.valueOf(other));
            } else {
                release(other);
            }
        }
        followed.forEach(this::hold);
        near.stream().filter(this::isStopOver).forEach(followed::add);
        followed.sort(null);
        return followed;
    }

    /** Whether the end of one leg can matter to another: it leaves the other's target, or a rule is about both. */
    private boolean isNear(int first, int second) {
        return legs.get(first).from() == legs.get(second).to() || vm(first) == vm(second) || shareRule(first, second);
    }

    private boolean shareRule(int first, int second) {
        int[] rules = worst.rules(vm(first));
        int[] others = worst.rules(vm(second));
        int i = 0;
        int j = 0;
        while (i < rules.length && j < others.length && rules[i] != others[j]) {
            if (rules[i] < others[j]) {
                i++;
            } else {
                j++;
            }
        }
        return i < rules.length && j < others.length;
    }

    private boolean isStopOver(int leg) {
        return lastLeg.get(legs.get(leg).move()) != leg;
    }

    private boolean admits(int leg) {
        return worst.admits(vm(leg), legs.get(leg).to());
    }

    private void release(int leg) {
        worst.set(vm(leg), legs.get(leg).to(), legs.get(leg).to());
    }

    private void hold(int leg) {
        worst.set(vm(leg), legs.get(leg).from(), legs.get(leg).to());
    }

    private int vm(int leg) {
        return tasks.get(legs.get(leg).move()).vm();
    }
}
