package dev.drover.reconcile;

import dev.drover.api.v1alpha1.PlacementPolicy;
import dev.drover.api.v1alpha1.PlacementPolicyStatus;
import dev.drover.kubevirt.KubeVirtApi;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import java.util.List;

/** Tells users how their PlacementPolicy stands. What it demands is decided in the loop over the whole cluster. */
@ControllerConfiguration(name = "placementpolicy", fieldManager = KubeVirtApi.FIELD_MANAGER)
class PlacementPolicyReconciler implements Reconciler<PlacementPolicy> {
    private final ReportedStatus<PlacementPolicy, PlacementPolicyStatus> status;

    PlacementPolicyReconciler(ReportBoard board) {
        this.status = new ReportedStatus<>(board, PlacementPolicy::new, Report::policies);
    }

    @Override
    public List<EventSource<?, PlacementPolicy>> prepareEventSources(EventSourceContext<PlacementPolicy> context) {
        return List.of(status.source(context));
    }

    @Override
    public UpdateControl<PlacementPolicy> reconcile(PlacementPolicy resource, Context<PlacementPolicy> context) {
        return status.reconcile(resource);
    }
}
