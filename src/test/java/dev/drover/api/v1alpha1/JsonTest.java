package dev.drover.api.v1alpha1;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JsonTest {
    private final KubernetesSerialization json = new KubernetesSerialization();

    @Test
    void whatIsAbsentIsNotWrittenSoThatAnApplierOwnsOnlyWhatItStates() {
        PlacementConstraintStatus status =
                new PlacementConstraintStatus(List.of(), 3L, Enforcer.SCHEDULER, null, 0, List.of(), List.of());

        assertThat(json.asJson(status))
                .isEqualTo("{\"observedGeneration\":3,\"enforcedBy\":\"Scheduler\",\"matchedVirtualMachines\":0}");
    }

    @Test
    void anEmptySelectorIsWrittenBecauseItSelectsEverything() {
        assertThat(json.asJson(new VirtualMachineTarget(null, LabelSelector.EVERYTHING)))
                .isEqualTo("{\"selector\":{}}");
    }

    @Test
    void timesAreWrittenAsKubernetesReadsThem() {
        assertThat(json.asJson(new SnapshotReference(Instant.parse("2026-01-01T00:00:00Z"), "d1")))
                .isEqualTo("{\"time\":\"2026-01-01T00:00:00Z\",\"digest\":\"d1\"}");
    }

    @Test
    void whatANewerVersionWroteIsIgnored() {
        PlacementPolicySpec spec = json.unmarshal(
                "{\"mode\":\"Automatic\",\"invented\":{\"later\":1},\"budget\":{\"more\":true}}",
                PlacementPolicySpec.class);

        assertThat(spec.mode()).isEqualTo(PolicyMode.AUTOMATIC);
        assertThat(spec.budget()).isEqualTo(PlacementPolicySpec.defaults().budget());
    }

    @Test
    void theMemberOfATypeIsThereEvenIfTheUserLeftItOut() {
        ConstraintRules rule =
                json.unmarshal("{\"type\":\"Spread\",\"virtualMachines\":{}}", PlacementConstraintSpec.class);

        assertThat(rule.spread()).isEqualTo(new ConstraintRules.Spread("kubernetes.io/hostname", null));
        assertThat(rule.colocate()).isNull();
    }

    @Test
    void anObjectIsReadAsItWasWritten() {
        MigrationPlan plan = new MigrationPlan();
        plan.getMetadata().setName("plan-1");
        plan.setSpec(json.unmarshal(Objects.PLAN, MigrationPlanSpec.class)
                .with(new Approval(ApprovalDecision.APPROVED, null, "d1", List.of("m0"))));
        plan.setStatus(new MigrationPlanStatus(
                List.of(),
                1L,
                List.of(new MoveStatus(
                        "m0", MoveState.RUNNING, "drover-1", Instant.parse("2026-01-01T00:00:05Z"), null, null)),
                null));

        MigrationPlan read = json.unmarshal(json.asJson(plan), MigrationPlan.class);

        assertThat(read.getSpec()).isEqualTo(plan.getSpec());
        assertThat(read.getStatus()).isEqualTo(plan.getStatus());
        assertThat(read.getSpec().moves()).extracting(PlannedMove::to).containsExactly("n2", "n3");
    }

    @Test
    void whatWasBuiltCannotBeChangedFromOutside() {
        Map<String, String> labels = new HashMap<>(Map.of("app", "a"));
        LabelSelector selector = LabelSelector.of(labels);
        labels.put("app", "b");

        assertThat(selector.matchLabels()).containsExactly(Map.entry("app", "a"));
    }
}
