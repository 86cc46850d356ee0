package dev.drover.oracle;

import dev.drover.constraint.Rule;
import dev.drover.model.Cluster;
import dev.drover.model.Demand;
import dev.drover.model.Node;
import dev.drover.model.Resources;
import dev.drover.model.Selector;
import dev.drover.model.Vm;
import dev.drover.placement.World;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** Random worlds that are small enough for a proof, many of them with broken rules and hot nodes: the same for the same seed. */
final class SmallWorlds {
    private static final List<String> APPS = List.of("app=web", "app=db", "app=log");
    private static final List<String> KEYS = List.of(Node.HOSTNAME_LABEL, World.ZONE);
    /** How many kinds of rules there are; a spread with a limit and a capacity of a resource are kinds of their own. */
    static final int KINDS = 15;

    private static final int OVERCOMMIT = 14;

    private static final long GIB = 1L << 30;

    private final SplittableRandom random;
    private final int nodes;
    private final int vms;

    private SmallWorlds(long seed, int mostNodes, int mostVms) {
        random = new SplittableRandom(seed);
        nodes = between(2, mostNodes);
        vms = between(2, mostVms);
    }

    /** Up to 6 nodes in up to 3 zones, up to 12 virtual machines, up to 4 rules. */
    static World world(long seed) {
        SmallWorlds random = new SmallWorlds(seed, 6, 12);
        return random.overcommitting(random.build());
    }

    /** Up to 3 nodes and 5 virtual machines. */
    static World tiny(long seed) {
        SmallWorlds random = new SmallWorlds(seed, 3, 5);
        return random.overcommitting(random.build());
    }

    /** Up to 6 nodes and 12 virtual machines, some of which start, under up to 7 rules, often more than can hold together. */
    static World ruled(long seed) {
        SmallWorlds random = new SmallWorlds(seed, 6, 12);
        World world = random.build();
        for (int rules = random.between(1, 3); rules > 0; rules--) {
            world.rule(random.rule(), random.one(APPS));
        }
        if (random.chance(30)) {
            world.stopped("vm-1");
        }
        if (random.chance(20)) {
            world.tainted(random.node(), "dedicated");
        }
        return random.preferring(random.overcommitting(world));
    }

    /** The demand of each virtual machine for memory, which a world keeps small, as large as its requests for it. */
    static Cluster needingMemory(Cluster cluster) {
        List<Vm> vms = new ArrayList<>();
        for (Vm vm : cluster.vms()) {
            Resources both =
                    Resources.of(vm.demand().amount().cpuMillis(), vm.requests().memoryBytes());
            vms.add(vm.with(new Demand(both, Demand.Source.MEASURED)));
        }
        return new Cluster(
                cluster.takenAt(), cluster.nodes(), vms, cluster.pods(), cluster.migrations(), cluster.namespaces());
    }

    /** Up to 6 nodes and 12 virtual machines under up to 7 rules, where nodes are cordoned and some can neither move nor wait. */
    static World tight(long seed) {
        SmallWorlds random = new SmallWorlds(seed, 6, 12);
        World world = random.build();
        for (int rules = random.between(1, 3); rules > 0; rules--) {
            world.rule(random.rule(), random.one(APPS));
        }
        if (random.chance(50)) {
            world.cordoned(random.node());
        }
        return random.preferring(random.overcommitting(world));
    }

    /** Drawn last, so that cases that were found before remain. */
    private World overcommitting(World world) {
        return chance(25) ? world.rule(rule(OVERCOMMIT), one(APPS)) : world;
    }

    /** With a wish that forbids nothing. */
    private World preferring(World world) {
        return chance(25) ? world.preferring(rule(between(0, 7)), between(1, 100), one(APPS)) : world;
    }

    private World build() {
        World world = World.ofNodes(0);
        addNodesAndVms(world);
        for (int rules = between(0, 4); rules > 0; rules--) {
            Rule rule = rule();
            world.rule(rule, during(rule), one(APPS));
        }
        if (chance(20)) {
            world.cordoned(node());
        }
        if (chance(20)) {
            world.pod("other", node(), between(1, 30) * 100L, between(1, 20));
        }
        return world;
    }

    private void addNodesAndVms(World world) {
        for (int node = 1; node <= nodes; node++) {
            world.sized("n" + node, "z" + between(1, 3), between(8, 12) * 1_000L, between(6, 10) * 10L);
        }
        for (int vm = 1; vm <= vms; vm++) {
            addVm(world, "vm-" + vm);
        }
    }

    private void addVm(World world, String name) {
        int node = between(1, nodes);
        world.vm(name, "n" + node, between(1, 45) * 100L, one(APPS));
        world.requesting(name, between(1, 40) * 100L, between(1, 30));
        if (chance(5)) {
            world.notLive(name);
        } else if (chance(5)) {
            world.moving(name, "n" + (1 + (node + between(0, nodes - 2)) % nodes));
        }
    }

    private Rule.During during(Rule rule) {
        boolean isUsual =
                switch (rule) {
                    case Rule.Pinned pinned -> true;
                    case Rule.Quarantine quarantine -> true;
                    case Rule.Reserve reserve -> true;
                    case Rule.MaxNodesInUse maxNodesInUse -> true;
                    default -> chance(75);
                };
        return isUsual ? rule.usualDuring() : chance(50) ? Rule.During.CONTINUOUS : Rule.During.DISCRETE;
    }

    /** Up to 6 nodes and 12 virtual machines, of which none is on its way, under one rule of one kind. */
    static World of(int kind, long seed) {
        SmallWorlds random = new SmallWorlds(seed, 6, 12);
        World world = World.ofNodes(0);
        random.addNodesAndVms(world);
        world.cluster().vms().forEach(vm -> world.at(vm.id().name(), vm.node()));
        Rule rule = random.rule(kind);
        return world.rule(rule, random.during(rule), random.one(APPS));
    }

    private Rule rule() {
        return rule(between(0, OVERCOMMIT - 1));
    }

    private Rule rule(int kind) {
        return switch (kind) {
            case 0 -> new Rule.Spread(one(KEYS), OptionalInt.empty());
            case 1 -> new Rule.Spread(one(KEYS), OptionalInt.of(between(1, 2)));
            case 2 -> new Rule.Colocate(Node.HOSTNAME_LABEL);
            case 3 -> new Rule.SameDomain(World.ZONE);
            case 4 -> new Rule.SeparateFrom(World.selection(one(APPS)));
            case 5 -> new Rule.AllowedNodes(World.inZone("z" + between(1, 3)));
            case 6 -> new Rule.ForbiddenNodes(World.onNode(node()));
            case 7 -> new Rule.Exclusive();
            case 8 -> new Rule.Pinned();
            case 9 -> new Rule.Capacity(World.inZone("z" + between(1, 3)), null, between(1, 4), key());
            case 10 ->
                new Rule.Capacity(World.inZone("z" + between(1, 3)), Resources.MEMORY, between(10, 60) * GIB, key());
            case 11 -> new Rule.Quarantine(World.onNode(node()));
            case 12 -> new Rule.MaxNodesInUse(chance(50) ? Selector.EVERYTHING : World.inZone("z1"), between(1, 2));
            case OVERCOMMIT ->
                new Rule.Overcommit(
                        chance(50) ? Selector.EVERYTHING : World.inZone("z1"),
                        chance(50) ? Resources.CPU : Resources.MEMORY,
                        between(5, 60));
            default -> new Rule.Reserve(Resources.of(between(1, 40) * 100L, between(1, 40) * GIB));
        };
    }

    private @Nullable String key() {
        return chance(50) ? null : Node.HOSTNAME_LABEL;
    }

    private String node() {
        return "n" + between(1, nodes);
    }

    private int between(int from, int to) {
        return random.nextInt(from, to + 1);
    }

    private boolean chance(int percent) {
        return random.nextInt(100) < percent;
    }

    private <T> T one(List<T> values) {
        return values.get(random.nextInt(values.size()));
    }
}
