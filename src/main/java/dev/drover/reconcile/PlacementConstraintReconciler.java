package dev.drover.reconcile;

import dev.drover.api.v1alpha1.PlacementConstraint;
import dev.drover.api.v1alpha1.PlacementConstraintStatus;
import dev.drover.kubevirt.KubeVirtApi;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import java.util.List;

/** Tells users how their PlacementConstraint stands. What it demands is decided in the loop over the whole cluster. */
@ControllerConfiguration(name = "placementconstraint", fieldManager = KubeVirtApi.FIELD_MANAGER)
class PlacementConstraintReconciler implements Reconciler<PlacementConstraint> {
    private final ReportedStatus<PlacementConstraint, PlacementConstraintStatus> status;

    PlacementConstraintReconciler(ReportBoard board) {
        this.status = new ReportedStatus<>(board, PlacementConstraint::new, Report::constraints);
    }

    @Override
    public List<EventSource<?, PlacementConstraint>> prepareEventSources(
            EventSourceContext<PlacementConstraint> context) {
        return List.of(status.source(context));
    }

    @Override
    public UpdateControl<PlacementConstraint> reconcile(
            PlacementConstraint resource, Context<PlacementConstraint> context) {
        return status.reconcile(resource);
    }
}
