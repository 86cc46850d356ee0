package dev.drover.placement;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.bench.generate.Kind;
import dev.drover.constraint.CompiledRules;
import dev.drover.constraint.Constraint;
import dev.drover.constraint.ConstraintCompiler;
import dev.drover.constraint.Rule;
import dev.drover.model.Cluster;
import dev.drover.model.Node;
import dev.drover.placement.search.Problem;
import dev.drover.plan.MigrationPricing;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * How long a cluster of any size takes from the snapshot to a proposal, and how good it is: ten virtual machines a node, a third of the
 * nodes at 105 to 130 % of their CPU, a Spread for each of up to {@value #RULES} applications of three.
 */
@Tag("bench")
class EngineBenchTest {
    private static final int RULES = 300;
    private static final int TIMES = 3;
    private static final int HEADER = 2;
    private static final int LARGEST = 5000;
    private static final double MOST_MIB = 64;

    @ParameterizedTest
    @CsvSource({"100, 256", "1000, 256", "1000, 100000", "5000, 256", "5000, 100000"})
    void solves(int nodes, int maxMoves) {
        World world = world(nodes);
        Cluster cluster = world.cluster();
        BitSet movable = new BitSet();
        movable.set(0, cluster.vms().size());
        Goal goal = new Goal(1, 1, 0.80, 0.85, 3, maxMoves);
        Engine engine = new AnytimeEngine(InstantSource.system(), MigrationPricing::seconds);
        for (int time = 0; time < TIMES; time++) {
            long began = System.nanoTime();
            CompiledRules rules = ConstraintCompiler.compile(cluster, world.constraints());
            long compiled = System.nanoTime();
            Outcome outcome =
                    engine.solve(new Instance(cluster, rules, movable, world.everyNode(), goal, Effort.DEFAULT));
            long solved = System.nanoTime();
            System.out.printf(
                    Locale.ROOT,
                    "bench engine nodes=%d maxMoves=%d compile=%d ms solve=%d ms moves=%d %s -> %s%n",
                    nodes,
                    maxMoves,
                    (compiled - began) / 1_000_000,
                    (solved - compiled) / 1_000_000,
                    outcome.moves().size(),
                    outcome.before(),
                    outcome instanceof Outcome.AlreadyGood
                            ? ""
                            : outcome.getClass().getSimpleName() + " " + after(outcome));
            assertThat(outcome.moves()).isNotEmpty();
        }
    }

    /**
     * What a solve keeps: the compiled rules, the three arrangements that it compares, and for the search on flat arrays the problem and the
     * counters of the rules of each of its two threads. An arrangement of that search is measured by {@code CoreStateBenchTest}.
     */
    @Test
    void the_state_of_the_largest_cluster_is_small() {
        World world = world(LARGEST);
        Cluster cluster = world.cluster();
        List<Constraint> constraints = world.constraints();
        BitSet movable = new BitSet();
        movable.set(0, cluster.vms().size());
        Goal goal = new Goal(1, 1, 0.80, 0.85, 3, 256);
        BitSet nodes = world.everyNode();
        long before = usedBytes();
        CompiledRules rules = ConstraintCompiler.compile(cluster, constraints);
        double compiled = mebibytes(before);
        Instance instance = new Instance(cluster, rules, movable, nodes, goal, Effort.DEFAULT);
        List<Object> state = new ArrayList<>();
        for (int arrangement = 0; arrangement < 3; arrangement++) {
            state.add(new Arrangement(instance, MigrationPricing::seconds));
        }
        double arranged = mebibytes(before);
        Arrangement from = new Arrangement(instance, MigrationPricing::seconds);
        Problem problem = new FlatInstance(from, new Worth(goal, from.load.openNodes()), true).problem();
        state.addAll(List.of(problem, problem.rules().get(), problem.rules().get()));
        double all = mebibytes(before);

        System.out.printf(
                Locale.ROOT,
                "bench engine state nodes=%d vms=%d rules=%d compiled=%.1f MiB with arrangements=%.1f MiB with the flat problem=%.1f MiB%n",
                LARGEST,
                cluster.vms().size(),
                constraints.size(),
                compiled,
                arranged,
                all);
        assertThat(state).hasSize(6);
        assertThat(all).isBetween(1.0, MOST_MIB);
    }

    private static double mebibytes(long before) {
        return (usedBytes() - before) / (double) (1 << 20);
    }

    /** What is still reachable: garbage is collected until no more of it is found. */
    private static long usedBytes() {
        long least = Long.MAX_VALUE;
        for (long used = Long.MAX_VALUE - 1; used < least; ) {
            least = used;
            System.gc();
            Runtime runtime = Runtime.getRuntime();
            used = runtime.totalMemory() - runtime.freeMemory();
        }
        return least;
    }

    private static Score after(Outcome outcome) {
        return switch (outcome) {
            case Outcome.AlreadyGood good -> good.before();
            case Outcome.Improved improved -> improved.after();
            case Outcome.Infeasible infeasible -> infeasible.after();
            case Outcome.TimedOut late -> late.after();
        };
    }

    private static World world(int nodes) {
        List<String> lines = Kind.REBALANCE.lines(nodes, new SplittableRandom(1));
        World world = World.ofNodes(0);
        for (int node = 0; node < nodes; node++) {
            world.sized("n" + node, "z" + node % 10, 64_000, 256);
        }
        int number = 0;
        for (String line : lines.subList(HEADER, lines.size())) {
            String[] cells = line.split(",", -1);
            String name = "vm-" + number++;
            String[] labels = cells[3].isEmpty() ? new String[0] : new String[] {"group=" + cells[3]};
            long cpu = Long.parseLong(cells[1]) * 100;
            world.vm(name, "n" + cells[0], cpu, labels).requesting(name, cpu / 10, Long.parseLong(cells[2]));
        }
        for (int group = 0; group < RULES; group++) {
            world.rule(new Rule.Spread(Node.HOSTNAME_LABEL, OptionalInt.empty()), "group=" + group);
        }
        return world;
    }
}
