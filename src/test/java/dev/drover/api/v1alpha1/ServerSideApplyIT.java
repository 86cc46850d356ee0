package dev.drover.api.v1alpha1;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;

import dev.drover.api.Definitions;
import dev.drover.testbed.OnTestbed;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Two appliers of one object: each owns what it states, and neither undoes the other. */
@OnTestbed
class ServerSideApplyIT {
    private final KubernetesClient client;
    private final Objects objects;

    ServerSideApplyIT(KubernetesClient client) {
        this.client = client;
        this.objects = new Objects(client);
    }

    @BeforeAll
    static void install(KubernetesClient client) {
        Definitions.install(client);
    }

    @AfterEach
    void delete() {
        CustomResourceDefinitions.KINDS.forEach(
                kind -> client.resources(kind).inAnyNamespace().delete());
    }

    @Test
    void twoAppliersOwnDifferentFieldsOfOneSpec() {
        applySpec("git", "{mode: Automatic, budget: {maxConcurrent: 3}}");
        applySpec("team", "{budget: {cooldownSeconds: 60}}");
        applySpec("git", "{mode: Automatic, budget: {maxConcurrent: 5}}");

        PlacementPolicySpec spec = policy().getSpec();
        assertThat(spec.mode()).isEqualTo(PolicyMode.AUTOMATIC);
        assertThat(spec.budget().maxConcurrent()).isEqualTo(5);
        assertThat(spec.budget().cooldownSeconds()).isEqualTo(60);
    }

    @Test
    void aFieldThatIsNoLongerStatedFallsBackToItsDefault() {
        applySpec("git", "{aggressiveness: 5, budget: {maxConcurrent: 3}}");
        applySpec("git", "{budget: {maxConcurrent: 3}}");

        assertThat(policy().getSpec().aggressiveness()).isEqualTo(3);
    }

    @Test
    void whatAnotherApplierOwnsIsNotTakenUnnoticed() {
        applySpec("git", "{aggressiveness: 5}");

        assertThatExceptionOfType(KubernetesClientException.class)
                .isThrownBy(() -> applySpec("team", "{aggressiveness: 1}"))
                .satisfies(conflict -> assertThat(conflict.getCode()).isEqualTo(409))
                .withMessageContaining("\"git\"")
                .withMessageContaining(".spec.aggressiveness");
    }

    @Test
    void aSelectorHasOneOwnerSoThatNobodyNarrowsItUnnoticed() {
        apply(
                "git",
                objects.spec("PlacementPolicy", "pool", "nodeSelector: {matchLabels: {pool: a}}")
                        .item(),
                "");

        assertThatExceptionOfType(KubernetesClientException.class)
                .isThrownBy(() -> apply(
                        "team",
                        objects.spec("PlacementPolicy", "pool", "nodeSelector: {matchLabels: {disk: fast}}")
                                .item(),
                        ""))
                .withMessageContaining(".spec.nodeSelector");
    }

    @Test
    void conditionsOfTwoWritersStandSideBySide() {
        applySpec("git", "{mode: Automatic}");
        applyStatus("PlacementPolicy", "drover", "{score: 80, conditions: [" + condition("Ready", "True") + "]}");
        applyStatus("PlacementPolicy", "observer", "{conditions: [" + condition("Audited", "True") + "]}");
        applyStatus(
                "PlacementPolicy",
                "drover",
                "{score: 81, conditions: [" + condition("Ready", "False") + "," + condition("Fresh", "True") + "]}");

        assertThat(policy().getStatus().conditions())
                .extracting(Condition::type, condition -> condition.status().name())
                .containsExactlyInAnyOrder(tuple("Ready", "FALSE"), tuple("Fresh", "TRUE"), tuple("Audited", "TRUE"));

        applyStatus("PlacementPolicy", "drover", "{score: 81}");

        assertThat(policy().getStatus().conditions())
                .extracting(Condition::type)
                .containsExactly("Audited");
    }

    @Test
    void movesOfAPlanAreMergedByTheirIds() {
        apply("drover", objects.spec("MigrationPlan", "default", Objects.PLAN).item(), "");
        applyStatus("MigrationPlan", "drover", "{moves: [{id: m0, state: Running}]}");
        applyStatus("MigrationPlan", "other", "{moves: [{id: m1, state: Pending}]}");
        applyStatus("MigrationPlan", "drover", "{moves: [{id: m0, state: Succeeded}]}");

        assertThat(client.resources(MigrationPlan.class)
                        .withName("default")
                        .get()
                        .getStatus()
                        .moves())
                .extracting(MoveStatus::id, MoveStatus::state)
                .containsExactlyInAnyOrder(tuple("m0", MoveState.SUCCEEDED), tuple("m1", MoveState.PENDING));
    }

    @Test
    void anIdOccursOnceInAPlan() {
        assertThatExceptionOfType(KubernetesClientException.class)
                .isThrownBy(() -> objects.tryCreate("MigrationPlan", "plan", Objects.PLAN.replace("id: m1", "id: m0")))
                .withMessageContaining("Duplicate value");
    }

    @Test
    void anApproverOwnsTheApprovalOnly() {
        apply("drover", objects.spec("MigrationPlan", "default", Objects.PLAN).item(), "");
        apply(
                "approver",
                objects.spec("MigrationPlan", "default", RuleCases.approved("decision: Approved, digest: d1"))
                        .item(),
                "");

        MigrationPlanSpec spec =
                client.resources(MigrationPlan.class).withName("default").get().getSpec();
        assertThat(spec.approval()).isEqualTo(new Approval(ApprovalDecision.APPROVED, null, "d1", null));
    }

    @Test
    void aStatusIsNotWrittenThroughTheObjectAndIsNoNewGeneration() {
        applySpec("git", "{mode: Automatic}");
        applyStatus("PlacementPolicy", "drover", "{score: 80}");
        GenericKubernetesResource withStatus =
                objects.spec("PlacementPolicy", "default", "{mode: Automatic}").item();
        withStatus.setAdditionalProperty("status", Map.of("score", 1));
        apply("git", withStatus, "");

        assertThat(policy().getStatus().score()).isEqualTo(80);
        assertThat(policy().getMetadata().getGeneration()).isEqualTo(1);
    }

    @Test
    void typedObjectsAreAppliedAndReadBack() {
        PlacementPolicy written = new PlacementPolicy();
        written.getMetadata().setName("default");
        written.setSpec(PlacementPolicySpec.defaults());
        client.resource(written).patch(as("drover"));
        PlacementPolicy status = new PlacementPolicy();
        status.getMetadata().setName("default");
        status.setStatus(new PlacementPolicyStatus(
                List.of(),
                1L,
                90,
                DemandSource.METRICS,
                6,
                40,
                0,
                0,
                List.of(new Fault("shop/web-0", "Cooldown", "until 12:15")),
                List.of()));
        client.resource(status).subresource("status").patch(as("drover"));

        assertThat(policy().getSpec()).isEqualTo(written.getSpec());
        assertThat(policy().getStatus()).isEqualTo(status.getStatus());
    }

    private PlacementPolicy policy() {
        return client.resources(PlacementPolicy.class).withName("default").get();
    }

    private void applySpec(String manager, String spec) {
        apply(manager, objects.spec("PlacementPolicy", "default", spec).item(), "");
    }

    private void applyStatus(String kind, String manager, String status) {
        apply(manager, objects.object(kind, "default", "status", status).item(), "status");
    }

    private void apply(String manager, GenericKubernetesResource object, String subresource) {
        if (subresource.isEmpty()) {
            client.resource(object).patch(as(manager));
        } else {
            client.resource(object).subresource(subresource).patch(as(manager));
        }
    }

    private static PatchContext as(String manager) {
        return new PatchContext.Builder()
                .withPatchType(PatchType.SERVER_SIDE_APPLY)
                .withFieldManager(manager)
                .withForce(false)
                .build();
    }

    private static String condition(String type, String status) {
        return "{type: %s, status: \"%s\", reason: Tested, message: \"\", lastTransitionTime: \"2026-01-01T00:00:00Z\"}"
                .formatted(type, status);
    }
}
