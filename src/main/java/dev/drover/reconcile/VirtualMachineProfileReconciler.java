package dev.drover.reconcile;

import dev.drover.api.v1alpha1.VirtualMachineProfile;
import dev.drover.api.v1alpha1.VirtualMachineProfileStatus;
import dev.drover.kubevirt.KubeVirtApi;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import java.util.List;

/** Tells users how their VirtualMachineProfile stands. What it demands is decided in the loop over the whole cluster. */
@ControllerConfiguration(name = "virtualmachineprofile", fieldManager = KubeVirtApi.FIELD_MANAGER)
class VirtualMachineProfileReconciler implements Reconciler<VirtualMachineProfile> {
    private final ReportedStatus<VirtualMachineProfile, VirtualMachineProfileStatus> status;

    VirtualMachineProfileReconciler(ReportBoard board) {
        this.status = new ReportedStatus<>(board, VirtualMachineProfile::new, Report::profiles);
    }

    @Override
    public List<EventSource<?, VirtualMachineProfile>> prepareEventSources(
            EventSourceContext<VirtualMachineProfile> context) {
        return List.of(status.source(context));
    }

    @Override
    public UpdateControl<VirtualMachineProfile> reconcile(
            VirtualMachineProfile resource, Context<VirtualMachineProfile> context) {
        return status.reconcile(resource);
    }
}
