package dev.drover.bench.btrplace;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Whether actions break nothing at any instant and what is to hold holds at the end, with plain collections and from nothing. At equal
 * times ends come before starts. It shares no code with what makes the plan. Not safe for threads.
 */
final class ActionCheck {
    private static final int MIGRATION_SECONDS = 1;

    private record Event(long time, boolean isStart, Action action) {}

    private final Reconfiguration instance;
    private final int resources;
    private final List<String> breaches = new ArrayList<>();
    /** What each virtual machine holds on each node where it holds anything. */
    private final Map<Integer, Map<Integer, int[]>> on = new HashMap<>();

    private final Map<Integer, Set<Integer>> nodesOf = new HashMap<>();
    private final Map<Integer, int[]> wanted = new HashMap<>();
    private final Map<Integer, List<Rule>> rulesOf = new HashMap<>();
    private final Map<Integer, Action> inFlight = new HashMap<>();

    private ActionCheck(Reconfiguration instance) {
        this.instance = instance;
        resources = instance.resources().size();
        for (int vm = 0; vm < instance.vms().count(); vm++) {
            wanted.put(vm, now(vm));
            nodesOf.put(vm, new HashSet<>());
        }
        for (int node = 0; node < instance.nodes().count(); node++) {
            on.put(node, new HashMap<>());
        }
        for (Rule rule : instance.rules()) {
            switch (rule) {
                case Rule.Preserve(int vm, int resource, int amount) ->
                    wanted.get(vm)[resource] = Math.max(wanted.get(vm)[resource], amount);
                case Rule.Spread(int[] vms) -> bind(vms, rule);
                case Rule.Among(int[] vms, int[] partOf) -> bind(vms, rule);
                case Rule.Online online -> {}
                case Rule.Offline offline -> {}
                case Rule.Running running -> {}
            }
        }
    }

    private int[] now(int vm) {
        int[] amounts = new int[resources];
        System.arraycopy(instance.vms().consumption(), vm * resources, amounts, 0, resources);
        return amounts;
    }

    private void bind(int[] vms, Rule rule) {
        for (int vm : vms) {
            rulesOf.computeIfAbsent(vm, any -> new ArrayList<>()).add(rule);
        }
    }

    /** Everything that is wrong, a sentence each. */
    static List<String> breaches(Reconfiguration instance, List<Action> actions) {
        ActionCheck check = new ActionCheck(instance);
        for (int vm = 0; vm < instance.vms().count(); vm++) {
            if (instance.vms().nodeOf()[vm] != Reconfiguration.NONE) {
                check.hold(vm, instance.vms().nodeOf()[vm], check.now(vm), 0);
            }
        }
        check.instants(actions);
        check.end();
        return check.breaches;
    }

    private void instants(List<Action> actions) {
        List<Event> events = new ArrayList<>();
        for (Action action : actions) {
            long seconds = seconds(action);
            if (action.start() < 0 || action.end() - action.start() != seconds) {
                breaches.add(name(action) + " must take " + seconds + " s and start at 0 s or later");
            }
            events.add(new Event(action.start(), true, action));
            if (!(action instanceof Action.Allocate)) {
                events.add(new Event(action.end(), false, action));
            }
        }
        events.sort(Comparator.comparingLong(Event::time).thenComparing(Event::isStart));
        for (Event event : events) {
            if (event.isStart()) {
                start(event.action());
            } else {
                end(event.action());
            }
        }
    }

    private long seconds(Action action) {
        return switch (action) {
            case Action.Boot boot -> instance.vms().bootSeconds()[boot.vm()];
            case Action.Migrate migrate -> MIGRATION_SECONDS;
            case Action.Allocate allocate -> 0;
        };
    }

    private void start(Action action) {
        int vm = action.vm();
        Set<Integer> nodes = nodesOf.get(vm);
        if (inFlight.containsKey(vm)) {
            breaches.add(name(action) + " begins before " + name(inFlight.get(vm)) + " has ended");
        }
        switch (action) {
            case Action.Boot boot -> {
                expect(nodes.isEmpty(), action, "needs a VM that is ready");
                inFlight.put(vm, action);
                hold(vm, boot.node(), wanted.get(vm), boot.start());
            }
            case Action.Migrate migrate -> {
                expect(nodes.equals(Set.of(migrate.from())), action, "needs a VM that runs at its source");
                expect(migrate.from() != migrate.to(), action, "needs another node");
                inFlight.put(vm, action);
                hold(vm, migrate.to(), wanted.get(vm), migrate.start());
            }
            case Action.Allocate allocate -> {
                expect(nodes.size() == 1, action, "needs a VM that runs");
                nodes.stream().findFirst().ifPresent(node -> hold(vm, node, wanted.get(vm), allocate.start()));
            }
        }
    }

    private void expect(boolean isRight, Action action, String need) {
        if (!isRight) {
            breaches.add(name(action) + " " + need);
        }
    }

    private void end(Action action) {
        inFlight.remove(action.vm(), action);
        if (action instanceof Action.Migrate migrate) {
            on.get(migrate.from()).remove(migrate.vm());
            nodesOf.get(migrate.vm()).remove(migrate.from());
        }
    }

    /** The virtual machine has so much on the node from now on. */
    private void hold(int vm, int node, int[] amounts, long time) {
        boolean isNew = nodesOf.get(vm).add(node);
        on.get(node).put(vm, amounts);
        if (!instance.nodes().online().get(node)) {
            breaches.add(name(vm, node) + " at " + time + " s, which is offline");
        }
        for (int r = 0; r < resources; r++) {
            long sum = 0;
            for (int[] each : on.get(node).values()) {
                sum += each[r];
            }
            if (sum > instance.nodes().capacity()[node * resources + r]) {
                breaches.add("node " + instance.nodes().ids().id(node) + " holds " + sum + " of "
                        + instance.nodes().capacity()[node * resources + r] + " "
                        + instance.resources().get(r) + " at " + time + " s");
            }
        }
        if (isNew) {
            rulesOf.getOrDefault(vm, List.of()).forEach(rule -> enter(vm, node, rule, time));
        }
    }

    private void enter(int vm, int node, Rule rule, long time) {
        switch (rule) {
            case Rule.Spread(int[] vms) -> {
                for (int other : vms) {
                    if (other != vm && nodesOf.get(other).contains(node)) {
                        breaches.add(name(vm, node) + " at " + time + " s, and so is VM "
                                + instance.vms().ids().id(other) + " of its spread");
                    }
                }
            }
            case Rule.Among(int[] vms, int[] partOf) -> {
                boolean isOne = partOf[node] != Reconfiguration.NONE;
                for (int other : vms) {
                    for (int elsewhere : nodesOf.get(other)) {
                        isOne &= partOf[elsewhere] == partOf[node];
                    }
                }
                if (!isOne) {
                    breaches.add(name(vm, node) + " at " + time + " s, outside of the part of its among");
                }
            }
            default -> {}
        }
    }

    private void end() {
        for (Action action : inFlight.values()) {
            breaches.add(name(action) + " does not end");
        }
        nodesOf.forEach((vm, nodes) -> {
            for (int node : nodes) {
                for (int r = 0; r < resources; r++) {
                    if (on.get(node).get(vm)[r] < wanted.get(vm)[r]) {
                        breaches.add(name(vm, node) + " at the end with too little "
                                + instance.resources().get(r));
                    }
                }
            }
        });
        for (Rule rule : instance.rules()) {
            boolean holds =
                    switch (rule) {
                        case Rule.Online(int node) -> instance.nodes().online().get(node);
                        case Rule.Offline(int node) ->
                            !instance.nodes().online().get(node) && on.get(node).isEmpty();
                        case Rule.Running(int vm) -> nodesOf.get(vm).size() == 1;
                        case Rule.Preserve preserve -> true;
                        case Rule.Spread spread -> true;
                        case Rule.Among among -> true;
                    };
            if (!holds) {
                breaches.add("at the end this does not hold (" + rule + ")");
            }
        }
    }

    private String name(Action action) {
        return action.getClass().getSimpleName().toLowerCase(java.util.Locale.ROOT) + " of VM "
                + instance.vms().ids().id(action.vm()) + " at " + action.start() + " s";
    }

    private String name(int vm, int node) {
        return "VM " + instance.vms().ids().id(vm) + " is on node "
                + instance.nodes().ids().id(node);
    }
}
