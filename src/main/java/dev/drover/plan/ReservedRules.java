package dev.drover.plan;

import dev.drover.placement.Reservations;
import dev.drover.plan.sequence.PlacementRules;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/** The rules over domains of a cluster, for the scheduler. */
final class ReservedRules implements PlacementRules {
    private final List<Task> tasks;
    private final Supplier<Reservations> beginning;
    private final int[][] sets;

    private ReservedRules(List<Task> tasks, Supplier<Reservations> beginning, int[][] sets) {
        this.tasks = tasks;
        this.beginning = beginning;
        this.sets = sets;
    }

    /**
     * @param beginning makes what is held when the first task starts
     * @param now what {@code beginning} has made
     */
    static PlacementRules of(List<Task> tasks, Supplier<Reservations> beginning, Reservations now) {
        Map<Integer, IntStream.Builder> sets = new HashMap<>();
        for (int task = 0; task < tasks.size(); task++) {
            for (int rule : now.rules(tasks.get(task).vm())) {
                sets.computeIfAbsent(rule, number -> IntStream.builder()).add(task);
            }
        }
        return sets.isEmpty()
                ? NONE
                : new ReservedRules(
                        tasks,
                        beginning,
                        sets.values().stream()
                                .map(IntStream.Builder::build)
                                .map(IntStream::toArray)
                                .toArray(int[][]::new));
    }

    @Override
    public int[][] sets() {
        return sets;
    }

    @Override
    public Copies copies() {
        Reservations reservations = beginning.get();
        return new Copies() {
            @Override
            public boolean allow(int move, int node) {
                return reservations.keepsRules(tasks.get(move).vm(), node);
            }

            @Override
            public void put(int move, int node, int target) {
                reservations.set(tasks.get(move).vm(), node, target);
            }
        };
    }
}
