package dev.drover.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.model.Vm;
import dev.drover.placement.AnytimeEngine;
import dev.drover.placement.Effort;
import dev.drover.placement.Goal;
import dev.drover.placement.RandomWorlds;
import dev.drover.placement.Relocation;
import dev.drover.placement.World;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;

class PlanPropertyTest {
    private static final Budget BUDGET = new Budget(4, 2, 2);
    private static final int COURSES = 3;

    @Property(tries = 150)
    void what_the_engine_proposes_is_all_ordered_and_sound(@ForAll @LongRange(min = 0, max = 1_000_000) long seed) {
        World world = RandomWorlds.world(seed);
        List<Relocation> relocations = new AnytimeEngine(InstantSource.fixed(World.NOW), MigrationPricing::seconds)
                .solve(world.instance(new Goal(1, 1, 0.80, 0.85, 5, 256), Effort.DEFAULT))
                .moves();
        Judge.assertSafe(world.cluster(), world.constraints(), relocations);
        Plan plan = new Planner().plan(world.cluster(), world.constraints(), relocations, BUDGET, world.everyNode());
        assertThat(plan.refused()).isEmpty();
        assertThat(plan.moves()).hasSameSizeAs(relocations);
        assertSound(world, plan);
    }

    /** The planner trusts nobody: whatever it is asked for, what it plans is sound. */
    @Property(tries = 150)
    void whatever_is_asked_for_the_plan_is_sound(@ForAll @LongRange(min = 0, max = 1_000_000) long seed) {
        World world = RandomWorlds.world(seed);
        SplittableRandom random = new SplittableRandom(seed);
        List<Relocation> relocations = new ArrayList<>();
        for (Vm vm : world.cluster().vms()) {
            int nodes = world.cluster().nodes().size();
            String to = world.cluster().nodes().get(random.nextInt(nodes)).name();
            boolean movable = vm.target() == null && vm.migratability().live();
            if (random.nextInt(3) == 0 && movable && !to.equals(vm.node())) {
                relocations.add(new Relocation(
                        vm.id(), String.valueOf(vm.node()), to, Relocation.Reason.BALANCE, "random", 1, 1));
            }
        }
        Plan plan = new Planner().plan(world.cluster(), world.constraints(), relocations, BUDGET, world.everyNode());
        assertSound(world, plan);
        assertThat(plan.makespanSeconds()).isGreaterThanOrEqualTo(plan.lowerBoundSeconds() - 1e-6);
        assertThat(plan.moves().stream().map(Move::vm).distinct().count()
                        + plan.refused().stream()
                                .map(Plan.Refusal::vm)
                                .distinct()
                                .count())
                .isEqualTo(relocations.size());
    }

    private static void assertSound(World world, Plan plan) {
        assertThat(PlanChecker.check(world.cluster(), world.constraints(), plan, BUDGET))
                .as("%s", plan)
                .isEmpty();
        assertThat(PlanChecker.checkCourses(world.cluster(), world.constraints(), plan, BUDGET, COURSES))
                .as("%s", plan)
                .isEmpty();
    }
}
