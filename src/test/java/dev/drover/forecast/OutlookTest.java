package dev.drover.forecast;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.model.Cluster;
import dev.drover.placement.Said;
import dev.drover.placement.World;
import java.time.Duration;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A node has ten cores; one that needs more than eight is hot. */
class OutlookTest {
    private static final double TARGET = 0.8;

    private final World world =
            World.ofNodes(2).vm("web", "n1", 3_000).vm("db", "n1", 1_000).vm("idle", "n2", 100);
    private final Cluster cluster = world.cluster();

    @Test
    void a_virtual_machine_is_taken_to_need_what_a_trusted_forecast_says_and_else_what_it_needs_now() {
        Outlook outlook = new Said().of("web", 8_000).doubted("db", 9_000).outlook();

        assertThat(outlook.cpuMillis(0, cluster)).containsExactly(9_000, 100);
        assertThat(outlook.at(0, cluster).vms())
                .extracting(vm -> vm.demand().amount().cpuMillis())
                .containsExactly(1_000L, 100L, 8_000L);
        assertThat(outlook.trusted()).isEqualTo(1);
        assertThat(outlook.hottest(cluster, nodes(0, 1), TARGET)).hasValue(0);
    }

    @Test
    void memory_stays_as_it_is() {
        Outlook outlook = new Said().of("web", 8_000).outlook();

        assertThat(outlook.at(0, cluster).vms().getLast().demand().amount().memoryBytes())
                .isEqualTo(cluster.vms().getLast().demand().amount().memoryBytes());
    }

    @Test
    void a_node_that_is_not_governed_is_not_looked_at() {
        Outlook outlook = new Said().of("web", 8_000).outlook();

        assertThat(outlook.hottest(cluster, nodes(1), TARGET)).isEmpty();
    }

    @Test
    void what_others_use_of_a_node_counts() {
        Outlook outlook = new Said().of("web", 6_500).outlook();

        assertThat(outlook.hottest(cluster, nodes(0, 1), TARGET)).isEmpty();
        assertThat(outlook.hottest(world.usedByOthers("n1", 1_000, 1).cluster(), nodes(0, 1), TARGET))
                .hasValue(0);
    }

    @Test
    void the_hottest_time_to_come_counts_and_not_one_that_is_over() {
        List<Forecast> rising = List.of(trusted(20_000), trusted(8_000), trusted(9_000));
        Outlook outlook = new Outlook(
                List.of(World.NOW, World.NOW.plusSeconds(300), World.NOW.plusSeconds(600)),
                Map.of(World.id("web"), rising));

        assertThat(outlook.hottest(cluster, nodes(0, 1), TARGET)).hasValue(2);
    }

    @Test
    void one_on_its_way_counts_where_it_goes() {
        Cluster moving = world.moving("web", "n2").cluster();

        assertThat(new Said().of("web", 8_000).outlook().cpuMillis(0, moving)).containsExactly(1_000, 8_100);
    }

    @Test
    void trust_is_told_of_the_virtual_machines_of_one_node() {
        Outlook outlook =
                new Said().of("web", 8_000).of("idle", 50).doubted("db", 1).outlook();

        assertThat(outlook.trust(cluster, "n1", 0)).isEqualTo(new Outlook.Trust(1, 10, 20));
        assertThat(outlook.trust(cluster, "n1", 0).betterPercent()).isEqualTo(50);
        assertThat(Outlook.NONE.trust(cluster, "n1", 0).betterPercent()).isZero();
    }

    @Test
    void the_peak_of_a_node_is_told_where_anything_is_trusted() {
        Outlook outlook = new Outlook(
                List.of(World.NOW.plusSeconds(300), World.NOW.plusSeconds(600), World.NOW.plusSeconds(900)),
                Map.of(World.id("web"), List.of(trusted(500), trusted(9_000), trusted(9_000))));

        assertThat(outlook.peaks(cluster))
                .isEqualTo(Map.of("n1", new Outlook.Peak(World.NOW.plusSeconds(600), 10_000)));
        assertThat(new Said().doubted("idle", 9_000).outlook().peaks(cluster)).isEmpty();
    }

    private static Forecast trusted(double millis) {
        return new Forecast.Trusted("made up", new Band(millis, millis, millis), 1, 2);
    }

    private static BitSet nodes(int... indexes) {
        BitSet nodes = new BitSet();
        for (int index : indexes) {
            nodes.set(index);
        }
        return nodes;
    }

    /** So that a change of the world of tests is noticed here. */
    @Test
    void the_forecast_is_of_half_an_hour() {
        assertThat(new Said().outlook().times()).containsExactly(World.NOW.plus(Duration.ofMinutes(30)));
    }
}
