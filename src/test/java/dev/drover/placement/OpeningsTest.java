package dev.drover.placement;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.constraint.CompiledRules;
import dev.drover.constraint.ConstraintCompiler;
import dev.drover.constraint.Rule;
import dev.drover.model.Cluster;
import dev.drover.model.Node;
import dev.drover.model.Resources;
import java.util.BitSet;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

/** The index gives what a look at all nodes gives: of few nodes the best, of many one that is nearly as good. */
class OpeningsTest {
    private static final int FEW = 64;
    private static final double NEARLY = 2.0 / 63;
    private static final String GPU = "nvidia.com/A100";

    private static Openings openings(World world, BitSet nodes, Goal goal) {
        Cluster cluster = world.cluster();
        CompiledRules rules = ConstraintCompiler.compile(cluster, world.constraints());
        return new Openings(cluster, rules, nodes, goal);
    }

    @Property(tries = 300)
    void the_best_node_of_a_few_is_found(@ForAll @LongRange(min = 0, max = 1_000_000) long seed) {
        World world = RandomWorlds.world(seed);
        check(world, world.everyNode(), seed);
    }

    @Property(tries = 100)
    void the_best_node_of_many_is_found(@ForAll @LongRange(min = 0, max = 1_000_000) long seed) {
        World world = many(seed);
        BitSet some = world.everyNode();
        some.clear(new SplittableRandom(seed).nextInt(some.length()));
        check(world, some, seed);
    }

    /** Takes everything off and puts it anywhere, and asks before each step. */
    private static void check(World world, BitSet nodes, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Openings openings = openings(world, nodes, goal(random));
        Cluster cluster = world.cluster();
        for (int step = 0; step < 60 && !cluster.vms().isEmpty(); step++) {
            int vm = random.nextInt(cluster.vms().size());
            int mark = openings.mark();
            boolean migrates = random.nextInt(4) == 0;
            openings.arrive(new Start(vm, cluster.vms().get(vm).requests(), migrates));
            int[] all = openings.ranked(vm);
            checkBest(openings, vm, all);
            assertThat(openings.choices(vm, 4)).isEqualTo(Math.min(4, all.length));
            if (all.length > 0 && random.nextBoolean()) {
                openings.settle(vm, all[random.nextInt(all.length)]);
            } else {
                openings.undoTo(mark);
            }
        }
    }

    private static void checkBest(Openings openings, int vm, int[] all) {
        int best = openings.best(vm);
        if (all.length <= FEW && openings.candidates(vm).cardinality() <= FEW) {
            assertThat(best).isEqualTo(all.length == 0 ? -1 : all[0]);
            return;
        }
        assertThat(best >= 0).isEqualTo(all.length > 0);
        if (all.length == 0) {
            return;
        }
        assertThat(openings.displeasure(vm, best)).isEqualTo(openings.displeasure(vm, all[0]));
        assertThat(openings.value(vm, best)).isLessThan(openings.value(vm, all[0]) + NEARLY);
    }

    private static Goal goal(SplittableRandom random) {
        return random.nextBoolean() ? Goal.DEFAULT : new Goal(random.nextInt(3), 2, 0.8, 0.85, 3, 256);
    }

    /** 1 to 150 nodes of a few shapes, some without CPU, some with devices; many are alike. */
    private static World many(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        World world = World.ofNodes(0);
        int nodes = random.nextInt(1, 150);
        for (int node = 1; node <= nodes; node++) {
            world.sized("n" + node, "z" + node % 5, random.nextInt(4) * 8_000L, random.nextInt(1, 4) * 50L);
            if (random.nextInt(5) == 0) {
                world.offering("n" + node, GPU, random.nextInt(1, 3));
            }
        }
        int vms = random.nextInt(1, nodes * 3);
        for (int vm = 0; vm < vms; vm++) {
            String name = "vm-" + vm;
            String home = random.nextInt(3) == 0 ? null : "n" + random.nextInt(1, nodes + 1);
            world.vm(name, home, random.nextInt(4) * 500L, "app=a" + random.nextInt(4))
                    .requesting(name, random.nextInt(3) * 400L, random.nextInt(1, 20));
            if (random.nextInt(6) == 0) {
                world.requesting(name, GPU, 1);
            }
        }
        return world.rule(new Rule.Spread(Node.HOSTNAME_LABEL, OptionalInt.empty()), "app=a0")
                .rule(new Rule.ForbiddenNodes(World.inZone("z1")), "app=a1")
                .rule(new Rule.SameDomain(World.ZONE), "app=a2")
                .preferring(new Rule.Spread(World.ZONE, OptionalInt.of(1)), 3, "app=a1")
                .preferring(new Rule.AllowedNodes(World.inZone("z2")), 2, "app=a2")
                .preferring(new Rule.SameDomain(World.ZONE), 3, "app=a2")
                .preferring(new Rule.Spread(Node.HOSTNAME_LABEL, OptionalInt.empty()), 4, "app=a2")
                .preferring(new Rule.Spread(Node.HOSTNAME_LABEL, OptionalInt.of(1)), 1, "app=a3");
    }

    @Test
    void a_resource_that_nothing_in_the_cluster_knows_is_lacking_everywhere() {
        World world = World.ofNodes(2).vm("new", null, 100);
        Openings openings = openings(world, world.everyNode(), Goal.DEFAULT);
        openings.arrive(new Start(0, Resources.NONE.with(GPU, 1), false));

        assertThat(openings.best(0)).isEqualTo(-1);
        assertThat(openings.obstacles(0)).isEqualTo("0 of 2 nodes: 2 too little " + GPU);
    }

    @Test
    void one_that_migrates_keeps_its_room_and_is_placed_elsewhere() {
        World world = World.ofNodes(2)
                .vm("a", "n1", 100)
                .requesting("a", 100, 60)
                .vm("b", null, 100)
                .requesting("b", 100, 60);
        Openings openings = openings(world, world.everyNode(), Goal.DEFAULT);
        openings.arrive(new Start(0, world.cluster().vms().getFirst().requests(), true));
        openings.put(0, openings.best(0));

        assertThat(openings.node(0)).isEqualTo(1);
        assertThat(IntStream.of(openings.ranked(1))).as("both nodes are held").isEmpty();
    }
}
