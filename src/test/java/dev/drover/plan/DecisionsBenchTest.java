package dev.drover.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.bench.Measured;
import dev.drover.constraint.CompiledRules;
import dev.drover.constraint.ConflictFinder;
import dev.drover.constraint.Constraint;
import dev.drover.constraint.ConstraintChecker;
import dev.drover.constraint.ConstraintCompiler;
import dev.drover.constraint.Occupancy;
import dev.drover.constraint.Rule;
import dev.drover.model.Cluster;
import dev.drover.model.Node;
import dev.drover.model.PodTerm;
import dev.drover.model.Scheduling;
import dev.drover.model.Selector;
import dev.drover.placement.AnytimeEngine;
import dev.drover.placement.Effort;
import dev.drover.placement.Gang;
import dev.drover.placement.Goal;
import dev.drover.placement.Instance;
import dev.drover.placement.Relocation;
import dev.drover.placement.Start;
import dev.drover.placement.StartPlacement;
import dev.drover.placement.World;
import java.time.InstantSource;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * How long each decision takes in memory: 100 nodes in five zones, 500 virtual machines of 50 applications, a rule for each, and more on
 * some nodes than they can serve.
 */
@Tag("bench")
class DecisionsBenchTest {
    private static final int NODES = 100;
    private static final int VMS = 500;
    private static final int APPS = 50;
    private static final int STARTING = 50;
    private static final int TIMES = 50;
    private static final Goal GOAL = new Goal(1, 1, 0.80, 0.85, 3, 256);
    private static final Budget BUDGET = new Budget(4, 1, 2);

    private final World world = world();
    private final Cluster cluster = world.cluster();
    private final List<Constraint> rules = world.constraints();

    @Test
    void rules() {
        Measured.of(
                "compile 50 rules", TIMES, TIMES, call -> assertThat(compiled().mayEnter())
                        .hasSize(VMS + STARTING));
        Occupancy now = Occupancy.of(cluster);
        Measured.of("check 50 rules", TIMES, TIMES, call -> assertThat(
                        ConstraintChecker.check(cluster, rules, now, ConstraintChecker.At.REST))
                .isNotEmpty());
        Measured.of(
                "find conflicts among 50 rules", TIMES, TIMES, call -> assertThat(ConflictFinder.find(cluster, rules))
                        .isEmpty());
        World contradicting = world().rule(new Rule.AllowedNodes(World.inZone("z1")), "app=a2")
                .rule(new Rule.ForbiddenNodes(World.inZone("z1")), "app=a2");
        Measured.of("find conflicts among 52, of which two contradict", TIMES, TIMES, call -> assertThat(
                        ConflictFinder.find(contradicting.cluster(), contradicting.constraints()))
                .isNotEmpty());
    }

    @Test
    void starts() {
        CompiledRules compiled = compiled();
        BitSet nodes = new BitSet();
        nodes.set(0, NODES);
        StartPlacement placement = StartPlacement.of(cluster, compiled, nodes, GOAL);
        Measured.of("place one that starts", 2_000, 5_000, call -> assertThat(
                        placement.decide(List.of(start(VMS + call % STARTING))))
                .hasSize(1));
    }

    private Gang start(int vm) {
        return Gang.of(new Start(vm, cluster.vms().get(vm).requests(), false));
    }

    @Test
    void moves() {
        AnytimeEngine engine = new AnytimeEngine(InstantSource.system(), MigrationPricing::seconds);
        Instance instance = world.instance(GOAL, Effort.DEFAULT);
        List<Relocation> relocations = engine.solve(instance).moves();
        Plan plan = new Planner().plan(cluster, rules, relocations, BUDGET, world.everyNode());
        assertThat(plan.moves()).hasSizeGreaterThan(60);
        String moves = " " + plan.moves().size() + " moves";
        Measured.of("solve," + moves, TIMES, TIMES, call -> assertThat(
                        engine.solve(instance).moves())
                .hasSameSizeAs(relocations));
        Measured.of("order" + moves, TIMES, TIMES, call -> assertThat(new Planner()
                        .plan(cluster, rules, relocations, BUDGET, world.everyNode())
                        .moves())
                .hasSameSizeAs(plan.moves()));
        Measured.of("check the plan of" + moves, 10, TIMES, call -> assertThat(
                        PlanChecker.check(cluster, rules, plan, BUDGET))
                .isEmpty());
    }

    private CompiledRules compiled() {
        return ConstraintCompiler.compile(cluster, rules);
    }

    private static World world() {
        SplittableRandom random = new SplittableRandom(7);
        World world = World.ofNodes(0);
        for (int node = 1; node <= NODES; node++) {
            world.node("n" + node, "z" + node % 5);
        }
        for (int vm = 0; vm < VMS + STARTING; vm++) {
            int app = vm % APPS;
            // Squared: the first nodes are full and the last ones nearly empty.
            int node = 1 + (int) (NODES * Math.pow(random.nextDouble(), 1.6));
            String name = "vm-" + vm;
            world.vm(name, vm < VMS ? "n" + node : null, random.nextInt(4, 20) * 100, "app=a" + app);
            if (app % 5 == 0) {
                world.scheduling(name, apartFrom("a" + app));
            }
        }
        for (int app = 0; app < APPS; app++) {
            world.rule(rule(app), "app=a" + app);
        }
        return world;
    }

    private static Rule rule(int app) {
        return switch (app % 5) {
            case 0 -> new Rule.Spread(Node.HOSTNAME_LABEL, OptionalInt.empty());
            case 1 -> new Rule.Spread(World.ZONE, OptionalInt.of(2));
            case 2 -> new Rule.ForbiddenNodes(World.onNode("n" + (1 + app)));
            case 3 -> new Rule.SeparateFrom(World.selection("app=a" + (app + 1)));
            default -> new Rule.Capacity(World.inZone("z1"), null, 8, null);
        };
    }

    /** As the webhook writes a Spread onto the pods. */
    private static Scheduling apartFrom(String app) {
        PodTerm term = new PodTerm(
                Selector.of(Map.of("app", app)), Set.of(World.NAMESPACE), Selector.NOTHING, Node.HOSTNAME_LABEL);
        return new Scheduling(Map.of(), List.of(), List.of(), List.of(), List.of(term), List.of());
    }
}
