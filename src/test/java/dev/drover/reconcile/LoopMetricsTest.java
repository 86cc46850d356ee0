package dev.drover.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.api.v1alpha1.PolicyMode;
import dev.drover.placement.Score;
import dev.drover.placement.World;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import org.junit.jupiter.api.Test;

class LoopMetricsTest {
    private final MeterRegistry meters = new SimpleMeterRegistry();
    private final LoopMetrics metrics = new LoopMetrics(meters);

    @Test
    void a_policy_has_figures_until_it_is_deleted() {
        View with = Situation.of(World.ofNodes(1))
                .with(Policies.standard(PolicyMode.AUTOMATIC))
                .view();
        View without = Situation.of(World.ofNodes(1)).view();

        metrics.cycle(with, outcomes(with, 73));
        assertThat(meters.get("drover.policy.score")
                        .tag("policy", "default")
                        .gauge()
                        .value())
                .isEqualTo(73);
        assertThat(meters.get("drover.policy.moves.wanted")
                        .tag("policy", "default")
                        .gauge()
                        .value())
                .isEqualTo(1);
        assertThat(meters.get("drover.policy.circuit.open")
                        .tag("policy", "default")
                        .gauge()
                        .value())
                .isEqualTo(1);

        metrics.cycle(without, List.of());
        assertThat(meters.find("drover.policy.score").gauges()).isEmpty();
        assertThat(meters.find("drover.policy.moves.wanted").gauges()).isEmpty();
        assertThat(meters.find("drover.policy.circuit.open").gauges()).isEmpty();

        metrics.cycle(with, outcomes(with, 99));
        assertThat(meters.get("drover.policy.score").gauge().value()).isEqualTo(99);
    }

    private static List<PoolOutcome> outcomes(View view, double score) {
        return view.pools().pools().stream()
                .map(pool -> new PoolOutcome(pool, new Score(0, 0, 0, score), true, true, List.of()))
                .toList();
    }
}
