package dev.drover.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.drover.model.Vm;
import dev.drover.placement.World;
import org.junit.jupiter.api.Test;

class MigrationPricingTest {
    private static final long GIB = 1L << 30;

    @Test
    void an_idle_guest_takes_its_memory_over_the_bandwidth() {
        assertThat(MigrationPricing.seconds(8 * GIB, GIB, 0)).hasValue(5 + 8);
    }

    @Test
    void each_round_sends_what_was_written_during_the_last() {
        double rounds = 8 + 4 + 2 + 1 + 0.5;
        assertThat(MigrationPricing.seconds(8 * GIB, GIB, 0.5 * GIB).orElseThrow())
                .isCloseTo(5 + rounds, within(1e-9));
    }

    @Test
    void a_guest_that_writes_nearly_as_fast_as_the_link_cannot_move() {
        assertThat(MigrationPricing.seconds(GIB, GIB, 0.9 * GIB)).isEmpty();
        assertThat(MigrationPricing.seconds(GIB, GIB, 5.0 * GIB)).isEmpty();
    }

    @Test
    void what_kubevirt_lets_a_migration_send_is_its_bandwidth() {
        World world = World.ofNodes(1).vm("web", "n1", 100);
        Vm free = world.cluster().vms().getFirst();
        long half = (long) (MigrationPricing.ASSUMED_BANDWIDTH / 2);

        assertThat(MigrationPricing.seconds(limited(free, half)) - 5)
                .isCloseTo(2 * (MigrationPricing.seconds(free) - 5), within(1e-6));
        assertThat(MigrationPricing.seconds(limited(free, 10 * half)))
                .as("no more than the link has")
                .isEqualTo(MigrationPricing.seconds(free));
    }

    private static Vm limited(Vm vm, long bandwidth) {
        return vm.with(vm.migratability().limitedTo(bandwidth));
    }

    @Test
    void an_unknown_guest_takes_the_guess_for_its_memory() {
        World world =
                World.ofNodes(1).vm("small", "n1", 100).vm("large", "n1", 100).requesting("large", 100, 64);
        double large = MigrationPricing.seconds(world.cluster().vms().getFirst());
        double small = MigrationPricing.seconds(world.cluster().vms().getLast());
        assertThat((large - 5) / (small - 5)).isCloseTo(64, within(1e-6));
    }
}
