package dev.drover.plan;

import dev.drover.placement.Reservations;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * List scheduling on a simulated timeline: at each instant the first task starts that has a slot and that its target admits, with
 * both ends of all running ones held. What is started also gets the tasks that must have ended before it, so that the plan holds for
 * every duration and for every failure. Not safe for threads.
 *
 * <p>After Hall, Hartline, Karlin, Saia and Wilkes, "On algorithms for efficient data migration" (SODA 2001): stop-overs break cycles
 * of tasks that wait for each other's room.
 */
final class Schedule {
    /** One migration to do; {@code parks} when it ends at a stop-over. */
    record Task(int vm, int from, int to, int priority, double seconds, boolean parks) {
        Task onwardFrom(int node) {
            return new Task(vm, node, to, priority, seconds, false);
        }

        Task parkedOn(int node) {
            return new Task(vm, from, node, priority, seconds, true);
        }
    }

    /** @param after indexes into {@link #started()} */
    record Start(Task task, double at, List<Integer> after) {
        double end() {
            return at + task.seconds();
        }
    }

    private static final Comparator<Task> URGENCY = Comparator.comparingInt(Task::priority)
            .thenComparing(task -> -task.seconds())
            .thenComparing(Task::vm);

    private final Budget budget;
    private final Reservations now;
    private final Reservations worst;
    private final List<Task> waiting;
    private final BitSet stopOvers;
    private final List<Start> started = new ArrayList<>();
    private final List<Integer> running = new ArrayList<>();
    private final List<Integer> ended = new ArrayList<>();
    private final Map<Integer, Integer> leaving = new HashMap<>();
    private final Map<Integer, Integer> entering = new HashMap<>();
    private final List<Task> stoppedOver = new ArrayList<>();
    private final List<Task> entangled = new ArrayList<>();
    private boolean strict;
    private double time;

    /**
     * @param stopOvers indexes of the nodes where one may be parked
     * @param now what is held when the plan begins; changed by this
     * @param worst the same, another object: here every task that was started holds both ends for ever
     */
    Schedule(List<Task> tasks, BitSet stopOvers, Budget budget, Reservations now, Reservations worst) {
        this.budget = budget;
        this.now = now;
        this.worst = worst;
        this.stopOvers = stopOvers;
        waiting = new ArrayList<>(tasks);
        waiting.sort(URGENCY);
    }

    /** Starts nothing before all tasks that were listed before it, and makes no stop-overs. */
    Schedule inOrder(List<Task> tasks) {
        strict = true;
        waiting.clear();
        waiting.addAll(tasks);
        return this;
    }

    /** Schedules all that can be; what is left in {@link #waiting} cannot be done in any order that was tried. */
    void run() {
        while (!waiting.isEmpty()) {
            startReady();
            if (!running.isEmpty()) {
                endNext();
            } else if (!waiting.isEmpty() && (strict || !stopOver())) {
                return;
            }
        }
    }

    List<Start> started() {
        return started;
    }

    List<Task> waiting() {
        return waiting;
    }

    /** What could start, but only after more others than a move may name. */
    List<Task> entangled() {
        return entangled;
    }

    double makespan() {
        return started.stream().mapToDouble(Start::end).max().orElse(0);
    }

    private void startReady() {
        for (Task task : List.copyOf(waiting)) {
            if (now.target(task.vm()) == now.node(task.vm()) && hasSlot(task) && now.admits(task.vm(), task.to())) {
                waiting.remove(task);
                List<Integer> after = prerequisites(task);
                if (after.size() > Move.MOST_AFTER) {
                    entangled.add(task);
                } else {
                    start(task, after);
                }
            } else if (strict) {
                return;
            }
        }
    }

    private boolean hasSlot(Task task) {
        return running.size() < budget.maxConcurrent()
                && leaving.getOrDefault(task.from(), 0) < budget.perSourceNode()
                && entering.getOrDefault(task.to(), 0) < budget.perTargetNode();
    }

    private void start(Task task, List<Integer> after) {
        now.set(task.vm(), task.from(), task.to());
        worst.set(task.vm(), task.from(), task.to());
        leaving.merge(task.from(), 1, Integer::sum);
        entering.merge(task.to(), 1, Integer::sum);
        running.add(started.size());
        started.add(new Start(task, time, after));
    }

    private void endNext() {
        int next = running.stream()
                .min(Comparator.comparingDouble(
                                (Integer index) -> started.get(index).end())
                        .thenComparing(index -> index))
                .orElseThrow();
        Start start = started.get(next);
        time = start.end();
        running.remove(Integer.valueOf(next));
        ended.add(next);
        leaving.merge(start.task().from(), -1, Integer::sum);
        entering.merge(start.task().to(), -1, Integer::sum);
        now.set(start.task().vm(), start.task().to(), start.task().to());
    }

    /** A smallest set of ended tasks without whose end this one could not start, and every stop-over that was made. */
    private List<Integer> prerequisites(Task task) {
        List<Integer> parked = ended.stream()
                .filter(index -> started.get(index).task().parks())
                .toList();
        parked.forEach(this::release);
        List<Integer> needed = new ArrayList<>();
        for (int index : ended) {
            if (!parked.contains(index) && !worst.admits(task.vm(), task.to())) {
                release(index);
                needed.add(index);
            }
        }
        for (int index : List.copyOf(needed)) {
            hold(index);
            if (worst.admits(task.vm(), task.to())) {
                needed.remove(Integer.valueOf(index));
            } else {
                release(index);
            }
        }
        needed.forEach(this::hold);
        List<Integer> all = new ArrayList<>(parked);
        all.addAll(needed);
        all.sort(null);
        return all;
    }

    private void release(int index) {
        Task task = started.get(index).task();
        if (worst.target(task.vm()) == task.to()) {
            worst.set(task.vm(), task.to(), task.to());
        }
    }

    private void hold(int index) {
        Task task = started.get(index).task();
        worst.set(task.vm(), task.from(), task.to());
    }

    /** Everything waits for everything: parks one virtual machine where that lets another one start; false when none helps. */
    private boolean stopOver() {
        for (Task task : List.copyOf(waiting)) {
            for (int node = stopOvers.nextSetBit(0);
                    node >= 0 && !stoppedOver.contains(task);
                    node = stopOvers.nextSetBit(node + 1)) {
                if (node != task.to() && node != task.from() && helps(task, node) && park(task, node)) {
                    return true;
                }
            }
        }
        return false;
    }

    private boolean park(Task task, int node) {
        Task parked = task.parkedOn(node);
        List<Integer> after = prerequisites(parked);
        if (after.size() > Move.MOST_AFTER) {
            return false;
        }
        waiting.remove(task);
        Task rest = task.onwardFrom(node);
        waiting.add(rest);
        waiting.sort(URGENCY);
        stoppedOver.add(rest);
        start(parked, after);
        return true;
    }

    private boolean helps(Task task, int node) {
        if (!now.admits(task.vm(), node)) {
            return false;
        }
        now.set(task.vm(), node, node);
        boolean helps = waiting.stream().anyMatch(other -> other != task && now.admits(other.vm(), other.to()));
        now.set(task.vm(), task.from(), task.from());
        return helps;
    }
}
