package dev.drover.placement;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.bench.Measured;
import dev.drover.constraint.CompiledRules;
import dev.drover.constraint.ConstraintCompiler;
import dev.drover.constraint.Rule;
import dev.drover.model.Cluster;
import dev.drover.model.Node;
import java.util.BitSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * How long it takes to choose the node of one virtual machine that starts, and the nodes of a hundred, from the snapshot to the
 * decision: ten zones, ten virtual machines on each node, 50 applications with a rule each.
 */
@Tag("bench")
class StartBenchTest {
    private static final int VMS_PER_NODE = 10;
    private static final int ZONES = 10;
    private static final int APPS = 50;
    private static final int STARTING = 100;

    @ParameterizedTest
    @ValueSource(ints = {100, 1_000, 5_000})
    void decisions(int nodes) {
        World world = world(nodes);
        Cluster cluster = world.cluster();
        CompiledRules rules = ConstraintCompiler.compile(cluster, world.constraints());
        List<Gang> starting = starting(cluster);
        BitSet every = world.everyNode();
        Measured.of("prepare " + nodes + " nodes", 10, 30, call -> assertThat(
                        StartPlacement.of(cluster, rules, every, Goal.DEFAULT))
                .isNotNull());
        StartPlacement placement = StartPlacement.of(cluster, rules, every, Goal.DEFAULT);
        Measured.of("place one on " + nodes + " nodes", 5_000, 5_000, call -> assertThat(
                        placement.decide(List.of(starting.get(call % STARTING))))
                .hasSize(1));
        Measured.of("place a hundred on " + nodes + " nodes", 50, 200, call -> assertThat(placement.decide(starting))
                .allMatch(StartDecision.Placed.class::isInstance));
    }

    @ParameterizedTest
    @ValueSource(ints = {100, 1_000, 5_000})
    void decisionsByPreference(int nodes) {
        World world = world(nodes);
        for (int app = 0; app < APPS; app++) {
            world.preferring(new Rule.AllowedNodes(World.inZone("z3")), 2, "app=a" + app)
                    .preferring(new Rule.Spread(Node.HOSTNAME_LABEL, OptionalInt.empty()), 1, "app=a" + app);
        }
        Cluster cluster = world.cluster();
        CompiledRules rules = ConstraintCompiler.compile(cluster, world.constraints());
        StartPlacement placement = StartPlacement.of(cluster, rules, world.everyNode(), Goal.DEFAULT);
        List<Gang> starting = starting(cluster);
        Measured.of("place one by preference on " + nodes + " nodes", 500, 500, call -> assertThat(
                        placement.decide(List.of(starting.get(call % STARTING))))
                .hasSize(1));
    }

    private static List<Gang> starting(Cluster cluster) {
        return IntStream.range(0, cluster.vms().size())
                .filter(vm -> !cluster.vms().get(vm).running())
                .mapToObj(vm -> Gang.of(new Start(vm, cluster.vms().get(vm).requests(), false)))
                .toList();
    }

    private static World world(int nodes) {
        SplittableRandom random = new SplittableRandom(7);
        World world = World.ofNodes(0);
        for (int node = 1; node <= nodes; node++) {
            world.node("n" + node, "z" + node % ZONES);
        }
        int running = nodes * VMS_PER_NODE;
        for (int vm = 0; vm < running + STARTING; vm++) {
            String name = "vm-" + vm;
            String node = vm < running ? "n" + random.nextInt(1, nodes + 1) : null;
            world.vm(name, node, random.nextInt(2, 12) * 100, "app=" + app(vm, running))
                    .requesting(name, random.nextInt(2, 8) * 100, random.nextInt(2, 8));
        }
        for (int app = 0; app < APPS; app++) {
            world.rule(rule(app), "app=a" + app);
        }
        return world;
    }

    /** A tenth of those that run are of an application that has a rule, and all that start are. */
    private static String app(int vm, int running) {
        return vm >= running || vm % 10 == 0 ? "a" + vm / 10 % APPS : "other";
    }

    private static Rule rule(int app) {
        return switch (app % 5) {
            case 0 -> new Rule.Spread(Node.HOSTNAME_LABEL, OptionalInt.empty());
            case 1 -> new Rule.Spread(World.ZONE, OptionalInt.of(100));
            case 2 -> new Rule.ForbiddenNodes(World.inZone("z1"));
            case 3 -> new Rule.SeparateFrom(World.selection("app=a" + (app + 1)));
            default -> new Rule.AllowedNodes(World.inZone("z" + app % ZONES));
        };
    }
}
