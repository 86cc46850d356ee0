package dev.drover.reconcile;

import dev.drover.api.v1alpha1.ClusterPlacementConstraint;
import dev.drover.api.v1alpha1.PlacementConstraintStatus;
import dev.drover.kubevirt.KubeVirtApi;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import java.util.List;

/** Tells users how their ClusterPlacementConstraint stands. What it demands is decided in the loop over the whole cluster. */
@ControllerConfiguration(name = "clusterplacementconstraint", fieldManager = KubeVirtApi.FIELD_MANAGER)
class ClusterPlacementConstraintReconciler implements Reconciler<ClusterPlacementConstraint> {
    private final ReportedStatus<ClusterPlacementConstraint, PlacementConstraintStatus> status;

    ClusterPlacementConstraintReconciler(ReportBoard board) {
        this.status = new ReportedStatus<>(board, ClusterPlacementConstraint::new, Report::constraints);
    }

    @Override
    public List<EventSource<?, ClusterPlacementConstraint>> prepareEventSources(
            EventSourceContext<ClusterPlacementConstraint> context) {
        return List.of(status.source(context));
    }

    @Override
    public UpdateControl<ClusterPlacementConstraint> reconcile(
            ClusterPlacementConstraint resource, Context<ClusterPlacementConstraint> context) {
        return status.reconcile(resource);
    }
}
