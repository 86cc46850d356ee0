package dev.drover.observe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.bench.Measured;
import dev.drover.config.Settings;
import dev.drover.kubevirt.KubeVirtState;
import dev.drover.kubevirt.SlimNode;
import dev.drover.kubevirt.SlimPod;
import dev.drover.kubevirt.VirtualMachineInstance;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** How long it takes to make a snapshot of what the caches hold, none of which has changed since the one before. */
@Tag("bench")
class SnapshotBenchTest {
    private static final int NODES = 100;
    private static final int VMS = 500;
    private static final double MOST_MILLIS = 20;
    private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");
    private static final KubeVirtState KUBEVIRT = new KubeVirtState(true, "v1.9.0", false, true, 5, 2, Map.of(), "");

    @Test
    void a_snapshot_of_a_hundred_nodes_and_five_hundred_machines() {
        Seen seen = seen();
        SnapshotBuilder builder = new SnapshotBuilder(new Measurements(), new Ledger(() -> NOW), Settings.DEFAULT);

        Measured measured = Measured.of(
                "snapshot", 200, 1_000, call -> assertThat(builder.build(NOW, seen, KUBEVIRT, Freshness.FRESH)
                                .cluster()
                                .vms())
                        .hasSize(VMS));

        assertThat(measured.medianMillis()).isLessThan(MOST_MILLIS);
    }

    private static Seen seen() {
        List<SlimNode> nodes =
                IntStream.range(0, NODES).mapToObj(i -> Texts.node("node-" + i)).toList();
        List<VirtualMachineInstance> instances = IntStream.range(0, VMS)
                .mapToObj(i -> Texts.instance(
                        "vm-" + i,
                        "{phase: Running, nodeName: node-%d, conditions: [{type: LiveMigratable, status: 'True'}]}"
                                .formatted(i % NODES)))
                .toList();
        List<SlimPod> pods = IntStream.range(0, VMS)
                .mapToObj(i -> Texts.launcher("launcher-" + i, "vm-" + i, onNode("node-" + i % NODES)))
                .toList();
        Written nothing =
                new Written(List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), List.of());
        return new Seen(nodes, pods, List.of(), List.of(), instances, List.of(), MigrationLimits.NONE, nothing);
    }

    private static String onNode(String node) {
        return """
                spec:
                  nodeName: %s
                  containers: [{name: compute, resources: {requests: {cpu: "1", memory: 2Gi}}}]
                status: {phase: Running}
                """
                .formatted(node);
    }
}
