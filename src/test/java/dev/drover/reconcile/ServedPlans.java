package dev.drover.reconcile;

import dev.drover.api.v1alpha1.Approval;
import dev.drover.api.v1alpha1.ApprovalDecision;
import dev.drover.api.v1alpha1.InFlightHandling;
import dev.drover.api.v1alpha1.MigrationPlan;
import dev.drover.api.v1alpha1.MigrationPlanStatus;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Plans as the API server keeps them. */
final class ServedPlans extends PlanStore {
    private final Wire wire;
    private final InstantSource clock;
    private final Map<String, MigrationPlan> plans = new LinkedHashMap<>();

    ServedPlans(Wire wire, InstantSource clock) {
        super(NoClient.CLIENT);
        this.wire = wire;
        this.clock = clock;
    }

    /** What a watch shows. */
    record Listed(List<MigrationPlan> plans) {}

    Listed list() {
        return new Listed(List.copyOf(plans.values()));
    }

    /** The oldest one. */
    MigrationPlan first() {
        return plans.values().iterator().next();
    }

    /** Why each plan ended, in the order of their creation. */
    List<String> verdicts() {
        return plans.values().stream()
                .flatMap(plan -> plan.getStatus().conditions().stream())
                .filter(condition -> condition.type().equals("Succeeded"))
                .map(condition -> condition.status() + " " + condition.reason())
                .toList();
    }

    @Override
    boolean create(MigrationPlan plan) {
        String name = plan.getMetadata().getName();
        return wire.write("create the plan", () -> {
            if (plans.containsKey(name)) {
                return false;
            }
            MigrationPlan copy = copy(plan);
            copy.getMetadata().setUid("uid-" + name);
            copy.getMetadata().setGeneration(1L);
            copy.getMetadata().setCreationTimestamp(clock.instant().toString());
            plans.put(name, copy);
            return true;
        });
    }

    @Override
    void approve(MigrationPlan plan, Approval approval) {
        change("approve the plan", plan, stored -> {
            stored.getMetadata().setAnnotations(Map.of(PlanStatuses.APPROVED_BY, PlanStatuses.OPERATOR));
            stored.setSpec(stored.getSpec().with(approval));
        });
    }

    /** As a person does it. */
    void decide(MigrationPlan plan, ApprovalDecision decision) {
        decide(plan, decision, null);
    }

    void decide(MigrationPlan plan, ApprovalDecision decision, @Nullable InFlightHandling inFlight) {
        Approval approval =
                new Approval(decision, inFlight, plan.getSpec().snapshot().digest(), null);
        change(
                "decide on the plan",
                plan,
                stored -> stored.setSpec(stored.getSpec().with(approval)));
    }

    @Override
    void writeStatus(MigrationPlan plan, MigrationPlanStatus status) {
        change("write the plan's status", plan, stored -> stored.setStatus(status));
    }

    @Override
    void delete(MigrationPlan plan) {
        wire.write("delete the plan", () -> plans.remove(plan.getMetadata().getName()));
    }

    private void change(String call, MigrationPlan plan, Consumer<MigrationPlan> change) {
        String name = plan.getMetadata().getName();
        wire.write(call, () -> {
            MigrationPlan stored = plans.get(name);
            if (stored == null) {
                throw new KubernetesClientException("no such plan", HttpURLConnection.HTTP_NOT_FOUND, null);
            }
            MigrationPlan copy = copy(stored);
            change.accept(copy);
            plans.put(name, copy);
            return copy;
        });
    }

    private static MigrationPlan copy(MigrationPlan plan) {
        MigrationPlan copy = new MigrationPlan();
        copy.setMetadata(new ObjectMetaBuilder(plan.getMetadata()).build());
        copy.setSpec(plan.getSpec());
        copy.setStatus(plan.getStatus());
        return copy;
    }
}
