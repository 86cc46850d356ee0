package dev.drover.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.api.v1alpha1.ConditionStatus;
import dev.drover.api.v1alpha1.ConstraintVerdict;
import dev.drover.api.v1alpha1.NodeForecast;
import dev.drover.api.v1alpha1.NodeInventoryStatus;
import dev.drover.api.v1alpha1.NodeResources;
import dev.drover.api.v1alpha1.ResourceDemand;
import dev.drover.api.v1alpha1.VirtualMachinePlacementStatus;
import io.fabric8.kubernetes.api.model.Quantity;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A status is written when it says something new, and not with every measurement. */
class MaterialityTest {

    @ParameterizedTest(name = "CPU {0} to {1}, memory {2} to {3}: {4} ({5})")
    @CsvSource({
        "1, 1, 1Gi, 1Gi, false, the same",
        "1, 1000m, 1Gi, 1024Mi, false, the same in other words",
        "1, 1.19, 1Gi, 1Gi, false, less than a fifth more CPU",
        "1, 1.3, 1Gi, 1Gi, true, more than a fifth more CPU",
        "1, 0.7, 1Gi, 1Gi, true, more than a fifth less CPU",
        "10m, 90m, 1Gi, 1Gi, false, nine times as much of next to nothing",
        "0, 200m, 1Gi, 1Gi, true, from nothing to something",
        "1, 1, 1Gi, 1200Mi, false, less than a fifth more memory",
        "1, 1, 1Gi, 2Gi, true, twice the memory",
        "1, 1, 100Mi, 300Mi, false, three times as much of little memory",
        "1, 1, 100Gi, 110Gi, false, a tenth of much memory",
    })
    void a_change_of_demand_counts_when_a_reader_would_act_on_it(
            String cpu, String cpuNow, String memory, String memoryNow, boolean changed, String because) {
        ResourceDemand before = new ResourceDemand(new Quantity(cpu), new Quantity(memory), null, null);
        ResourceDemand after = new ResourceDemand(new Quantity(cpuNow), new Quantity(memoryNow), null, null);

        assertThat(Materiality.changed(placement("n1", 90, before), placement("n1", 90, after)))
                .as(because)
                .isEqualTo(changed);
        assertThat(Materiality.changed(inventory("default", 50, before), inventory("default", 50, after)))
                .as(because)
                .isEqualTo(changed);
    }

    @ParameterizedTest(name = "score {0} to {1}: {2}")
    @CsvSource({"90, 90, false", "90, 81, false", "90, 80, true", "90, 100, true", ", 90, true", ",, false"})
    void a_score_counts_from_ten_points_on(@Nullable Integer before, @Nullable Integer after, boolean changed) {
        assertThat(Materiality.changed(placement("n1", before, null), placement("n1", after, null)))
                .isEqualTo(changed);
        assertThat(Materiality.changed(inventory("p", before, null), inventory("p", after, null)))
                .isEqualTo(changed);
    }

    @Test
    void what_was_never_written_is_new() {
        assertThat(Materiality.changed(null, placement("n1", 90, null))).isTrue();
        assertThat(Materiality.changed(null, inventory("p", 90, null))).isTrue();
    }

    @Test
    void another_node_policy_or_verdict_is_new() {
        assertThat(Materiality.changed(placement("n1", 90, null), placement("n2", 90, null)))
                .isTrue();
        assertThat(Materiality.changed(inventory("p", 90, null), inventory("q", 90, null)))
                .isTrue();
        assertThat(Materiality.changed(verdict(ConditionStatus.TRUE), verdict(ConditionStatus.FALSE)))
                .isTrue();
    }

    @Test
    void an_amount_in_other_words_is_not_new() {
        assertThat(Materiality.changed(offering("4"), offering("4000m"))).isFalse();
        assertThat(Materiality.changed(offering("4"), offering("5"))).isTrue();
    }

    private static VirtualMachinePlacementStatus placement(
            String node, @Nullable Integer score, @Nullable ResourceDemand demand) {
        return new VirtualMachinePlacementStatus(
                List.of(), node, List.of(), demand, score, null, List.of(), null, null, List.of(), null);
    }

    private static VirtualMachinePlacementStatus verdict(ConditionStatus status) {
        return new VirtualMachinePlacementStatus(
                List.of(),
                "n1",
                List.of(),
                null,
                90,
                null,
                List.of(new ConstraintVerdict("PlacementConstraint shop/spread", status)),
                null,
                null,
                List.of(),
                null);
    }

    private static NodeInventoryStatus inventory(
            String policy, @Nullable Integer pressure, @Nullable ResourceDemand demand) {
        return new NodeInventoryStatus(List.of(), policy, null, null, demand, null, null, 1, pressure, List.of());
    }

    private static NodeInventoryStatus offering(String cpu) {
        NodeResources allocatable = new NodeResources(new Quantity(cpu), null, null, null, null);
        return new NodeInventoryStatus(List.of(), "p", allocatable, null, null, null, null, 1, 50, List.of());
    }

    private static NodeInventoryStatus forecasting(@Nullable String cpu, int minute) {
        NodeForecast forecast = cpu == null
                ? null
                : new NodeForecast(new Quantity(cpu), Instant.parse("2026-01-01T00:%02d:00Z".formatted(minute)));
        return new NodeInventoryStatus(List.of(), "p", null, null, null, forecast, null, 1, 50, List.of());
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            a peak comes into sight   |      | 4    | true
            it is out of sight        | 4    |      | true
            it is only nearer         | 4    | 4    | false
            it is about as high       | 4    | 4300m | false
            it is much higher         | 4    | 6    | true
            """)
    void a_forecast_is_told_anew_when_its_height_changes(
            String story, @Nullable String before, @Nullable String after, boolean told) {
        assertThat(Materiality.changed(forecasting(before, 10), forecasting(after, 15)))
                .isEqualTo(told);
    }
}
