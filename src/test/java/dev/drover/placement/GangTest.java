package dev.drover.placement;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.constraint.CapacityChecker;
import dev.drover.constraint.ConstraintChecker;
import dev.drover.constraint.ConstraintChecker.At;
import dev.drover.constraint.ConstraintCompiler;
import dev.drover.constraint.ConstraintId;
import dev.drover.constraint.Occupancy;
import dev.drover.constraint.Rule;
import dev.drover.constraint.Violation;
import dev.drover.model.Cluster;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

/** Virtual machines that start all together or not at all. */
class GangTest {
    private static List<StartDecision> decide(World world, List<Gang> gangs) {
        Cluster cluster = world.cluster();
        return StartPlacement.of(
                        cluster,
                        ConstraintCompiler.compile(cluster, world.constraints()),
                        world.everyNode(),
                        Goal.DEFAULT)
                .decide(gangs);
    }

    private static Gang gang(Cluster cluster, List<Integer> vms) {
        return new Gang(vms.stream()
                .map(vm -> new Start(vm, cluster.vms().get(vm).requests(), false))
                .toList());
    }

    private static List<Integer> starting(Cluster cluster) {
        return IntStream.range(0, cluster.vms().size())
                .filter(vm -> !cluster.vms().get(vm).running()
                        && cluster.vms().get(vm).target() == null)
                .boxed()
                .toList();
    }

    /** Three of 60 GiB; zone a has the emptiest nodes, but two only. */
    private static World twoZones() {
        World world = new World()
                .node("a1", "a")
                .node("a2", "a")
                .node("b1", "b")
                .node("b2", "b")
                .node("b3", "b");
        IntStream.rangeClosed(1, 3).forEach(number -> {
            world.pod("cache-" + number, "b" + number, 100, 30);
            world.vm("db-" + number, null, 100, "app=db").requesting("db-" + number, 100, 60);
        });
        return world.rule(new Rule.SameDomain(World.ZONE), "app=db");
    }

    @Test
    void a_gang_goes_to_the_zone_that_has_room_for_all_of_it() {
        Cluster cluster = twoZones().cluster();

        assertThat(decide(twoZones(), List.of(gang(cluster, starting(cluster)))))
                .extracting(decision -> ((StartDecision.Placed) decision).node())
                .containsExactlyInAnyOrder("b1", "b2", "b3");
    }

    @Test
    void a_gang_that_does_not_fit_says_who_finds_no_node_and_why() {
        World world = twoZones().cordoned("b3");
        Cluster cluster = world.cluster();

        assertThat(decide(world, List.of(gang(cluster, starting(cluster)))))
                .hasSize(3)
                .allSatisfy(
                        decision -> assertThat(((StartDecision.Unplaceable) decision).why())
                                .isEqualTo(
                                        "All 3 of its gang start or none, and shop/db-3 finds no node: 0 of 5 nodes: "
                                                + "2 kept away by SameDomain samedomain-1 (namespace shop), 2 too little memory, 1 cordoned"));
    }

    @Test
    void what_a_gang_leaves_is_for_others() {
        World world = twoZones().cordoned("b3").vm("big", null, 100).requesting("big", 100, 100);
        Cluster cluster = world.cluster();
        List<Integer> gang = new ArrayList<>(starting(cluster));
        Integer big = cluster.vmIndex().get(World.id("big"));
        gang.remove(big);

        assertThat(decide(world, List.of(gang(cluster, gang), gang(cluster, List.of(big)))))
                .filteredOn(StartDecision.Placed.class::isInstance)
                .extracting(StartDecision::vm)
                .containsExactly(World.id("big"));
    }

    @Property(tries = 300)
    void all_of_a_gang_are_placed_or_none_and_nothing_breaks(@ForAll @LongRange(min = 0, max = 1_000_000) long seed) {
        World world = RandomWorlds.world(seed);
        SplittableRandom random = new SplittableRandom(seed);
        world.cluster().vms().stream()
                .filter(vm -> random.nextInt(2) == 0)
                .forEach(vm -> world.stopped(vm.id().name()));
        Cluster cluster = world.cluster();
        List<Integer> left = new ArrayList<>(starting(cluster));
        List<Gang> gangs = new ArrayList<>();
        while (!left.isEmpty()) {
            List<Integer> members = left.subList(0, Math.min(left.size(), random.nextInt(1, 5)));
            gangs.add(gang(cluster, members));
            members.clear();
        }
        List<StartDecision> decisions = decide(world, gangs);
        Occupancy before = Occupancy.of(cluster);
        Occupancy after = before;
        int first = 0;
        for (Gang gang : gangs) {
            List<StartDecision> together =
                    decisions.subList(first, first + gang.starts().size());
            first += gang.starts().size();
            assertThat(together.stream().map(Object::getClass).distinct()).hasSize(1);
            for (StartDecision decision : together) {
                if (decision instanceof StartDecision.Placed placed) {
                    after = after.with(placed.vm(), Set.of(placed.node()));
                }
            }
        }
        assertThat(broken(world, cluster, after)).isSubsetOf(broken(world, cluster, before));
        assertThat(CapacityChecker.check(cluster, after)).hasSameSizeAs(CapacityChecker.check(cluster, before));
    }

    private static Set<ConstraintId> broken(World world, Cluster cluster, Occupancy occupancy) {
        return ConstraintChecker.check(cluster, world.constraints(), occupancy, At.INSTANT).stream()
                .map(Violation::constraint)
                .collect(Collectors.toSet());
    }
}
