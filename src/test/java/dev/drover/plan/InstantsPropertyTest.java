package dev.drover.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.constraint.Constraint;
import dev.drover.constraint.ConstraintChecker.At;
import dev.drover.constraint.NativeTermsChecker;
import dev.drover.constraint.Occupancy;
import dev.drover.model.Cluster;
import dev.drover.model.Node;
import dev.drover.model.Vm;
import dev.drover.placement.RandomWorlds;
import dev.drover.placement.World;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;

class InstantsPropertyTest {
    private static final int STEPS = 60;

    /** Steps lead anywhere, back to earlier places too, and not every instant is looked at. */
    @Property(tries = 150)
    void what_is_judged_anew_leads_to_what_all_checkers_say(@ForAll @LongRange(min = 0, max = 1_000_000) long seed) {
        World world = RandomWorlds.carrying(seed);
        Cluster cluster = world.cluster();
        List<Constraint> constraints = world.constraints();
        Occupancy occupancy = Occupancy.of(cluster);
        Breaches before = Breaches.of(cluster, constraints, occupancy, At.INSTANT);
        Instants instants = new Instants(cluster, constraints);
        SplittableRandom random = new SplittableRandom(seed);
        for (int step = 0; step < STEPS; step++) {
            Vm vm = cluster.vms().get(random.nextInt(cluster.vms().size()));
            Set<String> copies = copies(cluster, random);
            occupancy = occupancy.with(vm.id(), copies);
            instants.put(vm.id(), copies);
            Node target = cluster.nodes().get(random.nextInt(cluster.nodes().size()));
            assertThat(instants.refusals(vm.id(), target.name()))
                    .isEqualTo(NativeTermsChecker.refusals(cluster, occupancy, vm.id(), target.name()));
            if (random.nextInt(3) > 0) {
                assertThat(instants.news())
                        .as("step %d: %s", step, occupancy)
                        .containsExactlyInAnyOrderElementsOf(Breaches.of(cluster, constraints, occupancy, At.INSTANT)
                                .since(before, constraints));
            }
        }
    }

    private static Set<String> copies(Cluster cluster, SplittableRandom random) {
        Set<String> nodes = new TreeSet<>();
        for (int copy = random.nextInt(3); copy > 0; copy--) {
            nodes.add(
                    cluster.nodes().get(random.nextInt(cluster.nodes().size())).name());
        }
        return nodes;
    }
}
