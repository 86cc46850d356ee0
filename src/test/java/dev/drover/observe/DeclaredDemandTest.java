package dev.drover.observe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.api.v1alpha1.ApplicationService;
import dev.drover.api.v1alpha1.PlacementPolicy;
import dev.drover.config.Settings;
import dev.drover.kubevirt.VirtualMachineInstance;
import dev.drover.model.Cluster;
import dev.drover.model.Demand;
import dev.drover.model.Resources;
import dev.drover.model.Vm;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a service declares counts for a window of 300 s; then what is measured does. */
class DeclaredDemandTest {
    private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");

    @ParameterizedTest(name = "{0}: {4}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            it boots and hardly works yet            | 2026-01-01T11:59:00Z | 100  | profile: {cpu: '3'} | DECLARED 3000
            its window is nearly over                | 2026-01-01T11:55:01Z | 100  | profile: {cpu: '3'} | DECLARED 3000
            its window is over                       | 2026-01-01T11:55:00Z | 100  | profile: {cpu: '3'} | MEASURED 100
            it needs more than was declared          | 2026-01-01T08:00:00Z | 7000 | profile: {cpu: '3'} | MEASURED 7000
            its window is over, and nobody measures  | 2026-01-01T08:00:00Z |      | profile: {cpu: '3'} | DECLARED 3000
            nothing is declared, so nothing is waited for | 2026-01-01T11:59:00Z | 100 |                 | MEASURED 100
            """)
    void whatCounts(String story, String created, @Nullable Integer measured, @Nullable String profile, String counts) {
        Demand demand = demand(created, measured, profile == null ? "" : profile + ", ");

        assertThat("%s %d".formatted(demand.source(), demand.amount().cpuMillis()))
                .isEqualTo(counts);
    }

    /** Nothing measures network and disks here. */
    @Test
    void whatIsDeclaredOfNetworkAndDisksCountsAsLongAsNobodyMeasuresThem() {
        Demand demand = demand("2026-01-01T08:00:00Z", 100, "profile: {cpu: '3', network: 200M, diskIO: 500}, ");

        assertThat(demand.source()).isEqualTo(Demand.Source.MEASURED);
        assertThat(demand.amount().cpuMillis()).isEqualTo(100);
        assertThat(demand.amount().get(Resources.NETWORK)).isEqualTo(200_000_000);
        assertThat(demand.amount().get(Resources.DISK_IO)).isEqualTo(500);
    }

    private static Demand demand(String created, @Nullable Integer measured, String profile) {
        Measurements measurements = new Measurements();
        if (measured != null) {
            measurements.add("uid-web-0", "t1", NOW.minusSeconds(5), Resources.of(measured, 1 << 20));
            measurements.answered(Set.of("uid-web-0"), Set.of(), Map.of());
        }
        VirtualMachineInstance instance = Texts.instance("web-0", "{phase: Running, nodeName: node-1}");
        instance.getMetadata().setCreationTimestamp(created);
        Written written = new Written(
                List.of(
                        Texts.read(
                                PlacementPolicy.class,
                                "metadata: {name: default, uid: p, creationTimestamp: '2026-01-01T00:00:00Z'}\nspec: {demand: {source: Auto}}")),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(Texts.read(
                        ApplicationService.class,
                        """
                        metadata: {name: shop, namespace: default, uid: s, creationTimestamp: '2026-01-01T00:00:00Z'}
                        spec: {applications: [{name: web, %svirtualMachines: {selector: {matchLabels: {app: web}}}}]}
                        """
                                .formatted(profile))));
        Seen seen = new Seen(
                List.of(Texts.node("node-1")),
                List.of(Texts.launcher(
                        "launcher-web-0",
                        "web-0",
                        "spec: {nodeName: node-1, containers: []}\nstatus: {phase: Running}")),
                List.of(),
                List.of(),
                List.of(instance),
                List.of(),
                MigrationLimits.NONE,
                written);
        Cluster cluster = new SnapshotBuilder(measurements, new Ledger(() -> NOW), Settings.DEFAULT)
                .build(NOW, seen, SnapshotBuilderTest.KUBEVIRT, Freshness.FRESH)
                .cluster();
        return cluster.vms().stream().map(Vm::demand).findFirst().orElseThrow();
    }
}
