package dev.drover.placement;

import dev.drover.constraint.Rule;
import dev.drover.model.Node;
import dev.drover.model.PodTerm;
import dev.drover.model.Resources;
import dev.drover.model.Scheduling;
import dev.drover.model.Selector;
import dev.drover.model.TopologySpread;
import dev.drover.model.Vm;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Supplier;

/** Random clusters with rules, some of them broken, some of them impossible: the same for the same seed. */
public final class RandomWorlds {
    private static final List<String> APPS = List.of("app=web", "app=db", "app=log", "app=batch");
    private static final List<String> KEYS = List.of(Node.HOSTNAME_LABEL, World.ZONE);

    private final SplittableRandom random;
    private final boolean unusual;

    private RandomWorlds(long seed, boolean unusual) {
        random = new SplittableRandom(seed);
        this.unusual = unusual;
    }

    /** 3 to 8 nodes in up to 3 zones, 5 to 40 virtual machines, up to 5 rules. */
    public static World world(long seed) {
        return new RandomWorlds(seed, false).build();
    }

    /** The same with rules of all kinds, that are preferred only, or bind when rules of their kind usually do not. */
    public static World unusual(long seed) {
        return new RandomWorlds(seed, true).build();
    }

    /** The same, with launcher pods and with terms of kube-scheduler on some. */
    public static World carrying(long seed) {
        RandomWorlds random = new RandomWorlds(seed, true);
        World world = random.build();
        world.cluster().vms().forEach(vm -> random.equip(world, vm));
        return world;
    }

    private void equip(World world, Vm vm) {
        String name = vm.id().name();
        if (vm.node() != null && chance(60)) {
            world.launcher(name, vm.node());
        }
        if (vm.target() != null && chance(60)) {
            world.launcher(name, vm.target());
        }
        if (chance(30)) {
            world.scheduling(
                    name,
                    new Scheduling(
                            Map.of(), List.of(), List.of(), some(this::term), some(this::term), some(this::spread)));
        }
    }

    private <T> List<T> some(Supplier<T> value) {
        return chance(30) ? List.of(value.get()) : List.of();
    }

    private PodTerm term() {
        return new PodTerm(labels(), Set.of(World.NAMESPACE), Selector.NOTHING, one(KEYS));
    }

    private TopologySpread spread() {
        return new TopologySpread(labels(), one(KEYS), between(1, 3));
    }

    private Selector labels() {
        String[] label = one(APPS).split("=");
        return Selector.of(Map.of(label[0], label[1]));
    }

    /** The same without migrations in flight. */
    public static World settled(long seed) {
        World world = world(seed);
        world.cluster().vms().forEach(vm -> world.at(vm.id().name(), vm.node()));
        return world;
    }

    /** 3 to 8 nodes with room for every pod, 5 to 40 virtual machines, no rules: only demand matters. */
    public static World roomy(long seed) {
        RandomWorlds random = new RandomWorlds(seed, false);
        int nodes = random.between(3, 8);
        World world = World.ofNodes(nodes);
        for (int vm = random.between(5, 40); vm > 0; vm--) {
            world.vm("vm-" + vm, random.node(nodes), random.between(1, 30) * 100L);
        }
        return world;
    }

    private World build() {
        World world = World.ofNodes(0);
        int nodes = between(3, 8);
        for (int node = 1; node <= nodes; node++) {
            world.node("n" + node, "z" + between(1, 3));
        }
        int vms = between(5, 40);
        for (int vm = 1; vm <= vms; vm++) {
            String name = "vm-" + vm;
            world.vm(name, node(nodes), between(1, 30) * 100L, one(APPS));
            if (chance(40)) {
                world.requesting(name, between(1, 20) * 100L, between(1, 25));
            }
            if (chance(5)) {
                world.notLive(name);
            } else if (chance(5)) {
                world.moving(name, node(nodes));
            }
        }
        for (int rules = between(0, 5); rules > 0; rules--) {
            Rule rule = rule(nodes);
            if (unusual && !isFirm(rule) && chance(25)) {
                world.preferring(rule, between(1, 100), one(APPS));
            } else {
                world.rule(rule, during(rule), one(APPS));
            }
        }
        if (chance(20)) {
            world.cordoned(node(nodes));
        }
        return world;
    }

    /** Required, and binding at each instant, always. */
    private static boolean isFirm(Rule rule) {
        return rule instanceof Rule.Pinned || rule instanceof Rule.Quarantine || rule instanceof Rule.Reserve;
    }

    private Rule.During during(Rule rule) {
        boolean changed = unusual && !isFirm(rule) && !(rule instanceof Rule.MaxNodesInUse) && chance(50);
        return changed ? one(List.of(Rule.During.values())) : rule.usualDuring();
    }

    private Rule rule(int nodes) {
        return switch (between(0, unusual ? 13 : 9)) {
            case 13 -> new Rule.Overcommit(World.inZone("z" + between(1, 3)), Resources.CPU, between(5, 100));
            case 10 -> new Rule.Quarantine(World.onNode(node(nodes)));
            case 11 -> new Rule.Reserve(Resources.of(between(1, 30) * 100L, 0));
            case 12 -> new Rule.MaxNodesInUse(World.inZone("z" + between(1, 3)), between(1, 3));
            case 0 -> new Rule.Spread(one(KEYS), OptionalInt.empty());
            case 1 -> new Rule.Spread(one(KEYS), OptionalInt.of(between(1, 2)));
            case 2 -> new Rule.Colocate(Node.HOSTNAME_LABEL);
            case 3 -> new Rule.SameDomain(World.ZONE);
            case 4 -> new Rule.SeparateFrom(World.selection(one(APPS)));
            case 5 -> new Rule.AllowedNodes(World.inZone("z" + between(1, 3)));
            case 6 -> new Rule.ForbiddenNodes(World.onNode(node(nodes)));
            case 7 -> new Rule.Exclusive();
            case 8 -> new Rule.Pinned();
            default ->
                new Rule.Capacity(
                        World.inZone("z" + between(1, 3)),
                        null,
                        between(1, 10),
                        chance(50) ? null : Node.HOSTNAME_LABEL);
        };
    }

    private String node(int nodes) {
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
