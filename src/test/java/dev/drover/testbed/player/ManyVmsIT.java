package dev.drover.testbed.player;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.testbed.OnTestbed;
import dev.drover.testbed.Testbed;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The player keeps up with many VMs that start at once. */
@OnTestbed
class ManyVmsIT {

    private final VmCluster cluster;

    ManyVmsIT(Testbed testbed) {
        cluster = new VmCluster(testbed);
    }

    @BeforeEach
    void empty() {
        cluster.testbed().reset();
    }

    @Test
    void two_hundred_vms_start() {
        startAll(200, 20);
    }

    @Test
    @Tag("full")
    void five_hundred_vms_start() {
        startAll(500, 50);
    }

    /** From Scheduled to Running, the part of a start that is the player's: the 95th percentile. */
    private double bootSeconds() {
        var seconds =
                cluster
                        .client()
                        .genericKubernetesResources(VmiView.KIND)
                        .inNamespace("default")
                        .list()
                        .getItems()
                        .stream()
                        .map(VmiView::new)
                        .mapToDouble(vmi -> Duration.between(reached(vmi, "Scheduled"), reached(vmi, "Running"))
                                        .toMillis()
                                / 1000.0)
                        .sorted()
                        .toArray();
        return seconds[seconds.length * 95 / 100];
    }

    private static Instant reached(VmiView vmi, String phase) {
        return vmi.maps("status", "phaseTransitionTimestamps").stream()
                .filter(transition -> phase.equals(transition.get("phase")))
                .map(transition -> Instant.parse(String.valueOf(transition.get("phaseTransitionTimestamp"))))
                .findFirst()
                .orElseThrow();
    }

    private void startAll(int vms, int nodes) {
        cluster.addNodes(nodes);
        var starts = cluster.player().stats().starts();

        for (var i = 0; i < vms; i++) {
            cluster.createVm("many-" + i, "", Map.of());
        }

        // A loaded machine with two cores starts some eight a second; the time-out is for the slowest machine.
        Awaitility.await()
                .atMost(Duration.ofSeconds(vms * 2L))
                .pollInterval(Duration.ofSeconds(1))
                .untilAsserted(() -> {
                    var running = cluster
                            .client()
                            .genericKubernetesResources(VmiView.KIND)
                            .inNamespace("default")
                            .list()
                            .getItems()
                            .stream()
                            .filter(vmi -> new VmiView(vmi).phase().equals("Running"))
                            .count();
                    assertThat(running).isEqualTo(vms);
                });
        assertThat(cluster.player().stats().starts()).isEqualTo(starts + vms);
        assertThat(bootSeconds())
                .as("half a second of boot, and what the player adds for 19 VMs of 20")
                .isLessThan(10);
    }
}
