package dev.drover.placement;

import static dev.drover.placement.EngineCase.ENGINE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.model.Resources;
import dev.drover.model.VmId;
import dev.drover.plan.Judge;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Network and disks beside CPU and memory: they count on the nodes that say what they carry, where a policy weighs them. */
class ThroughputTest {
    private static final Goal RELIEF = goal(1, 1, 2);
    private static final Goal EVEN = goal(1, 1, 5);

    private static Goal goal(double network, double diskIo, int aggressiveness) {
        return new Goal(
                1,
                1,
                0.80,
                0.85,
                new Goal.Throughput(network, diskIo, 0.80, 0.80),
                aggressiveness,
                256,
                Goal.Objective.BALANCE);
    }

    private static List<String> moves(World world, Goal goal) {
        Instance instance = world.instance(goal, Effort.DEFAULT);
        List<Relocation> moves = ENGINE.solve(instance).moves();
        Judge.assertSafe(instance.cluster(), world.constraints(), moves);
        return moves.stream().map(move -> move.vm().name() + ">" + move.to()).toList();
    }

    /** Two nodes of 1,000 operations a second each. */
    private static World twoNodes() {
        return World.ofNodes(2).offering("n1", Resources.DISK_IO, 1_000).offering("n2", Resources.DISK_IO, 1_000);
    }

    @Test
    void aNodeWhoseDisksAreHotIsRelieved() {
        World world = twoNodes()
                .vm("a", "n1", 1_000)
                .vm("b", "n1", 1_000)
                .needing("a", Resources.DISK_IO, 500)
                .needing("b", Resources.DISK_IO, 450);

        List<Relocation> moves =
                ENGINE.solve(world.instance(RELIEF, Effort.DEFAULT)).moves();

        assertThat(moves).singleElement().returns("n2", Relocation::to);
        assertThat(moves.getFirst().why()).startsWith("n1 at 95% of diskIO, target 80%; after: ");
    }

    @Test
    void whatWeighsNothingMovesNobody() {
        World world = twoNodes().vms(3, "a", "n1", 10);
        for (int i = 1; i <= 3; i++) {
            world.needing("a-" + i, Resources.DISK_IO, 400);
        }
        assertThat(moves(world, goal(1, 0, 2))).isEmpty();
        assertThat(moves(world, Goal.DEFAULT.relieving())).isEmpty();
        assertThat(moves(world, RELIEF)).hasSize(1);
    }

    @Test
    void aNodeThatDoesNotSayWhatItCarriesIsNeverHotByIt() {
        World world = World.ofNodes(2)
                .offering("n2", Resources.NETWORK, 1_000_000)
                .vm("a", "n1", 1_000)
                .needing("a", Resources.NETWORK, 900_000_000);
        assertThat(moves(world, RELIEF)).isEmpty();
    }

    /** By CPU alone both stand well where they are. */
    @Test
    void heavyOnDisksAndHeavyOnCpuSwapTheirNodes() {
        World world = World.ofNodes(0)
                .sized("fast-cpu", "z1", 16_000, 100)
                .sized("fast-disk", "z2", 4_000, 100)
                .offering("fast-cpu", Resources.DISK_IO, 500)
                .offering("fast-disk", Resources.DISK_IO, 10_000)
                .vm("cpu-heavy", "fast-disk", 3_800)
                .vm("io-heavy", "fast-cpu", 500)
                .needing("io-heavy", Resources.DISK_IO, 3_000);
        assertThat(moves(world, RELIEF)).containsExactlyInAnyOrder("cpu-heavy>fast-cpu", "io-heavy>fast-disk");
    }

    @Test
    void aStartGoesWhereTheDisksHaveRoom() {
        World world = twoNodes()
                .vm("a", "n1", 100)
                .needing("a", Resources.DISK_IO, 700)
                .vm("b", "n2", 3_000)
                .vm("new", null, 100)
                .needing("new", Resources.DISK_IO, 100);

        assertThat(start(world, RELIEF)).isEqualTo("n2");
        assertThat(start(world, Goal.DEFAULT)).isEqualTo("n1");
    }

    private static String start(World world, Goal goal) {
        Instance instance = world.instance(goal, Effort.DEFAULT);
        int vm = instance.cluster().vmIndex().get(new VmId(World.NAMESPACE, "new"));
        StartDecision decision = StartPlacement.place(
                        instance.cluster(), instance.rules(), List.of(vm), instance.nodes(), goal)
                .getFirst();
        return ((StartDecision.Placed) decision).node();
    }

    /** With what is the same everywhere nothing changes: neither what is moved, nor what it is worth. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void disksThatNobodyUsesChangeNothing(long seed) {
        World plain = random(seed);
        World offering = random(seed);
        for (int i = 1; i <= 6; i++) {
            offering.offering("n" + i, Resources.DISK_IO, 1_000).offering("n" + i, Resources.NETWORK, 1_000_000);
        }
        assertThat(moves(offering, EVEN)).isEqualTo(moves(plain, new Goal(1, 1, 0.80, 0.85, 5, 256)));
    }

    private static World random(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        World world = World.ofNodes(6);
        for (int i = 0; i < 30; i++) {
            world.vm("vm-" + i, "n" + random.nextInt(1, 4), random.nextInt(200, 1_500));
        }
        return world;
    }
}
