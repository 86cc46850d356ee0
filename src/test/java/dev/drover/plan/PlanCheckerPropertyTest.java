package dev.drover.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.model.Cluster;
import dev.drover.model.Vm;
import dev.drover.model.VmId;
import dev.drover.placement.RandomWorlds;
import dev.drover.placement.Relocation;
import dev.drover.placement.World;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;

/** Plans of random moves, nearly all of which are wrong in some way. */
class PlanCheckerPropertyTest {
    private static final int COURSES = 3;

    @Property(tries = 200)
    void it_says_what_all_checkers_say_of_everything_at_each_instant(
            @ForAll @LongRange(min = 0, max = 1_000_000) long seed) {
        World world = RandomWorlds.carrying(seed);
        SplittableRandom random = new SplittableRandom(seed);
        Budget budget = new Budget(random.nextInt(1, 6), random.nextInt(1, 4), random.nextInt(1, 4));
        Plan plan = new Plan(moves(world.cluster(), random), List.of(), 0, 0);

        assertThat(PlanChecker.check(world.cluster(), world.constraints(), plan, budget))
                .as("%s", plan)
                .containsExactlyInAnyOrderElementsOf(
                        PlainPlanChecker.check(world.cluster(), world.constraints(), plan, budget));
        assertThat(PlanChecker.checkCourses(world.cluster(), world.constraints(), plan, budget, COURSES))
                .as("%s", plan)
                .containsExactlyInAnyOrderElementsOf(
                        PlainPlanChecker.checkCourses(world.cluster(), world.constraints(), plan, budget, COURSES));
    }

    /** Each begins where its virtual machine is by then, and one in fifty somewhere else. */
    private static List<Move> moves(Cluster cluster, SplittableRandom random) {
        Map<VmId, String> place = new HashMap<>();
        Map<VmId, String> last = new HashMap<>();
        List<Move> moves = new ArrayList<>();
        int count = random.nextInt(1, 12);
        for (int number = 0; number < count; number++) {
            Vm vm = cluster.vms().get(random.nextInt(cluster.vms().size()));
            String from = place.getOrDefault(vm.id(), String.valueOf(vm.node()));
            String to = node(cluster, random);
            TreeSet<String> after = new TreeSet<>();
            for (Move earlier : moves) {
                if (random.nextInt(6) == 0) {
                    after.add(earlier.id());
                }
            }
            if (last.containsKey(vm.id())) {
                after.add(last.get(vm.id()));
            }
            Move move = move("m" + number, vm, random.nextInt(50) == 0 ? node(cluster, random) : from, to, after);
            moves.add(move);
            place.put(vm.id(), to);
            last.put(vm.id(), move.id());
        }
        return moves;
    }

    private static Move move(String id, Vm vm, String from, String to, TreeSet<String> after) {
        return new Move(
                id, vm.id(), vm.uid(), from, to, List.copyOf(after), Relocation.Reason.BALANCE, "random", 3, 1, 10);
    }

    private static String node(Cluster cluster, SplittableRandom random) {
        return cluster.nodes().get(random.nextInt(cluster.nodes().size())).name();
    }
}
