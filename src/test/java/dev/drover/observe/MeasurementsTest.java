package dev.drover.observe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.model.Resources;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class MeasurementsTest {

    private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");

    private final Measurements measurements = new Measurements();

    @Test
    void a_node_is_left_with_what_others_than_virtual_machines_use_wherever_those_go() {
        measurements.addNode("node-1", NOW, Resources.of(7_800, 8L << 30), Resources.of(7_500, 6L << 30));

        assertThat(measurements.otherUsage("node-1", NOW)).contains(Resources.of(300, 2L << 30));
    }

    @Test
    void pods_that_report_more_than_their_node_leave_nothing_to_others() {
        measurements.addNode("node-1", NOW, Resources.of(1_000, 1L << 30), Resources.of(1_200, 2L << 30));

        assertThat(measurements.otherUsage("node-1", NOW)).contains(Resources.NONE);
    }

    @Test
    void what_rises_between_the_answers_about_pods_and_about_nodes_is_no_load_of_others() {
        measurements.addNode("node-1", NOW, Resources.of(1_000, 1L << 30), Resources.of(900, 1L << 30));
        measurements.addNode("node-1", NOW.plusSeconds(15), Resources.of(7_800, 1L << 30), Resources.of(900, 1L << 30));
        assertThat(measurements.otherUsage("node-1", NOW)).contains(Resources.of(100, 0));

        measurements.addNode(
                "node-1", NOW.plusSeconds(30), Resources.of(7_800, 1L << 30), Resources.of(7_700, 1L << 30));
        assertThat(measurements.otherUsage("node-1", NOW)).contains(Resources.of(100, 0));
    }

    @Test
    void load_of_others_that_lasts_counts() {
        measurements.addNode("node-1", NOW, Resources.of(1_000, 1L << 30), Resources.NONE);
        measurements.addNode("node-1", NOW.plusSeconds(15), Resources.of(5_000, 1L << 30), Resources.NONE);
        measurements.addNode("node-1", NOW.plusSeconds(30), Resources.of(6_000, 1L << 30), Resources.NONE);

        assertThat(measurements.otherUsage("node-1", NOW)).contains(Resources.of(5_000, 1L << 30));
    }

    @Test
    void an_old_measurement_of_a_node_says_nothing() {
        measurements.addNode("node-1", NOW, Resources.of(1_000, 1L << 30), Resources.NONE);

        assertThat(measurements.otherUsage("node-1", NOW.plusSeconds(1))).isEmpty();
        assertThat(measurements.otherUsage("node-2", NOW)).isEmpty();
    }
}
