package dev.drover.plan;

import dev.drover.model.Cluster;
import dev.drover.model.VmId;
import dev.drover.placement.Effect;
import dev.drover.placement.Relocation;
import dev.drover.placement.Reservations;
import dev.drover.plan.sequence.Leg;
import dev.drover.plan.sequence.Sequencing;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Relocations in an order, and those for which there is none. Never changed once it is made. */
final class Ordering {
    private static final int URGENT = 1;
    private static final int ORDINARY = 3;

    private final Cluster cluster;
    private final SequencedMap<Task, Relocation> relocationOf;
    /** What the scheduler was asked for: its moves are indexes of these. */
    private final List<Task> tasks;

    private final Sequencing order;
    private final List<List<Integer>> followed;
    private final Reservations end;

    private Ordering(Cluster cluster, SequencedMap<Task, Relocation> relocationOf, Orderer orderer) {
        this.cluster = cluster;
        this.relocationOf = relocationOf;
        end = orderer.held();
        tasks = relocationOf.keySet().stream().filter(this::mayStart).toList();
        order = orderer.order(tasks);
        followed = Followers.of(tasks, order.legs(), orderer.held());
        order.legs().stream().map(this::task).forEach(task -> end.set(task.vm(), task.to(), task.to()));
    }

    /** @param relocations at most one for each virtual machine */
    static Ordering of(Cluster cluster, List<Relocation> relocations, Orderer orderer) {
        Map<VmId, Integer> vms = cluster.vmIndex();
        Map<String, Integer> nodes = cluster.nodeIndex();
        SequencedMap<Task, Relocation> relocationOf = new LinkedHashMap<>();
        for (Relocation relocation : relocations) {
            int vm = known(vms, relocation.vm(), "virtual machine");
            Task task = new Task(
                    vm,
                    known(nodes, relocation.from(), "node"),
                    known(nodes, relocation.to(), "node"),
                    relocation.reason() == Relocation.Reason.CONSTRAINT_REPAIR ? URGENT : ORDINARY,
                    MigrationPricing.seconds(cluster.vms().get(vm)));
            relocationOf.put(task, relocation);
        }
        return new Ordering(cluster, relocationOf, orderer);
    }

    private static <K> int known(Map<K, Integer> index, K key, String what) {
        Integer found = index.get(key);
        if (found == null) {
            throw new IllegalArgumentException(
                    "The %s (%s) of a relocation is not in the cluster. Plan on the snapshot that it came from."
                            .formatted(what, key));
        }
        return found;
    }

    private boolean mayStart(Task task) {
        return rests(task) && task.from() != task.to() && end.mayEnter(task.vm(), task.to());
    }

    private boolean rests(Task task) {
        return end.node(task.vm()) == task.from() && end.target(task.vm()) == task.from();
    }

    private Task task(Leg leg) {
        return tasks.get(leg.move());
    }

    /** Whether {@link #moves} are all that can be made of what is not refused; else it is to be put in an order anew. */
    boolean isComplete() {
        return followed.stream().allMatch(others -> others.size() <= Move.MOST_AFTER);
    }

    List<Move> moves() {
        return IntStream.range(0, followed.size()).mapToObj(this::move).toList();
    }

    private Move move(int number) {
        Leg leg = order.legs().get(number);
        Task task = task(leg);
        Relocation relocation = relocationOf.get(task);
        boolean stopsOver = leg.to() != task.to();
        return new Move(
                "m" + number,
                relocation.vm(),
                cluster.vms().get(task.vm()).uid(),
                cluster.nodes().get(leg.from()).name(),
                cluster.nodes().get(leg.to()).name(),
                followed.get(number).stream().map(other -> "m" + other).toList(),
                relocation.reason(),
                stopsOver ? "stops over to make room; then " + relocation.why() : relocation.why(),
                task.priority(),
                stopsOver ? 0 : relocation.gain(),
                task.seconds(),
                stopsOver ? Effect.NONE : relocation.effect());
    }

    /** What is not to be done, and why. */
    List<Plan.Refusal> refused() {
        Set<Task> ordered = order.legs().stream().map(this::task).collect(Collectors.toSet());
        Set<Task> entangled = IntStream.range(0, followed.size())
                .filter(leg -> followed.get(leg).size() > Move.MOST_AFTER)
                .mapToObj(leg -> task(order.legs().get(leg)))
                .collect(Collectors.toSet());
        List<Plan.Refusal> refused = new ArrayList<>();
        relocationOf.forEach((task, relocation) -> {
            if (!ordered.contains(task)) {
                String why = "No order of moves brings it to (%s): %s".formatted(relocation.to(), obstacle(task));
                refused.add(Plan.Refusal.of(relocation, why));
            } else if (entangled.contains(task)) {
                String why = "It would have to follow more than (%d) other moves; a later plan moves it.";
                refused.add(Plan.Refusal.of(relocation, why.formatted(Move.MOST_AFTER)));
            }
        });
        return refused;
    }

    private String obstacle(Task task) {
        if (end.node(task.vm()) != task.from()) {
            return "it is not where it was";
        }
        if (!rests(task)) {
            return "another migration of it is in flight";
        }
        String obstacle = end.obstacle(task.vm(), task.to());
        return obstacle.isEmpty() ? "what is in its way waits for it" : obstacle;
    }

    /** Those that are not refused. */
    List<Relocation> done() {
        Set<VmId> left = refused().stream().map(Plan.Refusal::vm).collect(Collectors.toSet());
        return relocationOf.values().stream()
                .filter(relocation -> !left.contains(relocation.vm()))
                .toList();
    }

    /** See {@link Sequencing#makespan}. */
    double makespan() {
        return order.makespan();
    }

    /** See {@link Sequencing#lowerBound}. */
    double lowerBound() {
        return order.lowerBound();
    }
}
