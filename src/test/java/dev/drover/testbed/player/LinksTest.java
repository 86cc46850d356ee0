package dev.drover.testbed.player;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LinksTest {

    private static final double BANDWIDTH = 1e9;

    private final Set<String> dead = new HashSet<>();
    private final Links links = new Links(node -> BANDWIDTH, node -> !dead.contains(node));

    @Test
    void one_migration_has_the_whole_link() {
        assertThat(links.speed(migration("a", "b"))).isEqualTo(BANDWIDTH);
    }

    @Test
    void two_migrations_that_leave_a_node_have_half_of_its_link_each() {
        var first = migration("a", "b");
        var second = migration("a", "c");

        assertThat(links.speed(first)).isEqualTo(BANDWIDTH / 2);
        assertThat(links.speed(second)).isEqualTo(BANDWIDTH / 2);
    }

    @Test
    void coming_and_leaving_migrations_share_the_same_link_and_the_smaller_share_counts() {
        var coming = migration("a", "b");
        var leaving = migration("b", "c");
        var another = migration("d", "c");
        var third = migration("e", "c");

        assertThat(links.speed(coming)).as("half of b").isEqualTo(BANDWIDTH / 2);
        assertThat(links.speed(leaving)).as("a third of c, less than half of b").isEqualTo(BANDWIDTH / 3);
        assertThat(links.speed(another)).isEqualTo(BANDWIDTH / 3);
        assertThat(links.speed(third)).isEqualTo(BANDWIDTH / 3);
    }

    @Test
    void a_finished_migration_leaves_its_share_to_the_others() {
        var first = migration("a", "b");
        var second = migration("a", "c");

        links.remove(first);

        assertThat(links.speed(second)).isEqualTo(BANDWIDTH);
    }

    @Test
    void speeds_hold_until_something_changes() {
        var first = migration("a", "b");
        links.advance(1);
        var second = migration("a", "c");
        links.advance(3);

        assertThat(first.copy.copied()).as("1 s alone and 2 s shared").isCloseTo(2 * BANDWIDTH, within(1.0));
        assertThat(second.copy.copied()).isCloseTo(BANDWIDTH, within(1.0));
    }

    @Test
    void nothing_moves_from_or_to_a_dead_node_and_its_peer_gets_the_link() {
        var lost = migration("a", "b");
        var other = migration("a", "c");

        dead.add("b");

        assertThat(links.speed(lost)).isZero();
        assertThat(links.speed(other)).isEqualTo(BANDWIDTH);
    }

    @Test
    void a_held_migration_uses_nothing_and_wakes_nobody() {
        var held = migration("a", "b");
        held.held = true;

        assertThat(links.speed(held)).isZero();
        assertThat(links.secondsToGo()).isInfinite();
    }

    @Test
    void the_bandwidth_of_a_migration_is_capped_by_kubevirt_and_cut_by_slowness() {
        var capped = transfer("a", "b", Map.of("bandwidthPerMigration", "64Mi"));
        links.add(capped);
        var slow = migration("c", "d");
        slow.slowness = 10;

        assertThat(links.speed(capped)).isEqualTo(64 << 20);
        assertThat(links.speed(slow)).isEqualTo(BANDWIDTH / 10);
    }

    private Transfer migration(String source, String target) {
        var transfer = transfer(source, target, Map.of());
        links.add(transfer);
        return transfer;
    }

    private static Transfer transfer(String source, String target, Map<String, Object> settings) {
        var state = new MigrationState(
                Map.of("sourceNode", source, "targetNode", target, "migrationConfiguration", settings));
        return new Transfer(state, new Transfer.Load(100e9, 0, 100e9), 0);
    }
}
