package dev.drover.reconcile;

import dev.drover.api.v1alpha1.Approval;
import dev.drover.api.v1alpha1.MigrationPlan;
import dev.drover.api.v1alpha1.MigrationPlanStatus;
import dev.drover.kubevirt.KubeVirtApi;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.net.HttpURLConnection;
import java.util.Map;

/** Writes plans. Every call throws {@link KubernetesClientException} when the API server refuses or does not answer. */
class PlanStore {
    private final KubernetesClient client;

    PlanStore(KubernetesClient client) {
        this.client = client;
    }

    /** @return whether it was created; a plan of that name that is there already says the same */
    boolean create(MigrationPlan plan) {
        try {
            client.resource(plan).create();
            return true;
        } catch (KubernetesClientException error) {
            if (error.getCode() == HttpURLConnection.HTTP_CONFLICT) {
                return false;
            }
            throw error;
        }
    }

    /** Approves a plan in the name of its Automatic policy. Refused when a person decided before. */
    void approve(MigrationPlan plan, Approval approval) {
        String body = client.getKubernetesSerialization()
                .asJson(Map.of(
                        "metadata",
                        Map.of("annotations", Map.of(PlanStatuses.APPROVED_BY, PlanStatuses.OPERATOR)),
                        "spec",
                        Map.of("approval", approval)));
        client.resources(MigrationPlan.class)
                .withName(plan.getMetadata().getName())
                .patch(PatchContext.of(PatchType.JSON_MERGE), body);
    }

    void writeStatus(MigrationPlan plan, MigrationPlanStatus status) {
        MigrationPlan patch = new MigrationPlan();
        patch.setMetadata(
                new ObjectMetaBuilder().withName(plan.getMetadata().getName()).build());
        patch.setStatus(status);
        client.resource(patch)
                .subresource("status")
                .patch(new PatchContext.Builder()
                        .withPatchType(PatchType.SERVER_SIDE_APPLY)
                        .withFieldManager(KubeVirtApi.FIELD_MANAGER)
                        .withForce(true)
                        .build());
    }

    void delete(MigrationPlan plan) {
        client.resources(MigrationPlan.class)
                .withName(plan.getMetadata().getName())
                .delete();
    }
}
