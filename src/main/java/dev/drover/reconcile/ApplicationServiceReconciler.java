package dev.drover.reconcile;

import dev.drover.api.v1alpha1.ApplicationService;
import dev.drover.api.v1alpha1.ApplicationServiceStatus;
import dev.drover.config.Settings;
import dev.drover.kubevirt.KubeVirtApi;
import dev.drover.service.ServiceSteward;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.javaoperatorsdk.operator.api.reconciler.Cleaner;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.DeleteControl;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.inbound.SimpleInboundEventSource;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Tends each ApplicationService when it or something of it changes. The finalizer stays until nothing is left that the service made, so
 * that its virtual machines go in their order.
 */
@ControllerConfiguration(
        name = "applicationservice",
        fieldManager = KubeVirtApi.FIELD_MANAGER,
        finalizerName = "drover.dev/application-service")
class ApplicationServiceReconciler implements Reconciler<ApplicationService>, Cleaner<ApplicationService> {
    private static final Logger LOG = Logger.getLogger(ApplicationServiceReconciler.class);
    private static final Duration TRY_AGAIN = Duration.ofSeconds(5);

    private final ServiceSteward steward;
    private final ServiceEvents events;
    private final ServiceMetrics metrics;
    private final Duration quiet;

    ApplicationServiceReconciler(
            ServiceSteward steward, ServiceEvents events, ServiceMetrics metrics, Settings settings) {
        this.steward = steward;
        this.events = events;
        this.metrics = metrics;
        this.quiet = settings.reactionDelay();
    }

    @Override
    public List<EventSource<?, ApplicationService>> prepareEventSources(
            EventSourceContext<ApplicationService> context) {
        SimpleInboundEventSource<ApplicationService> source = new SimpleInboundEventSource<>("virtual-machines");
        steward.onChange(quiet, service -> source.propagateEvent(ResourceID.fromResource(service)));
        return List.of(source);
    }

    @Override
    public UpdateControl<ApplicationService> reconcile(
            ApplicationService service, Context<ApplicationService> context) {
        return UpdateControl.<ApplicationService>noUpdate().rescheduleAfter(tend(service, context));
    }

    /** @return when to look again: also after a failure, since the Java Operator SDK would give up after some */
    private Duration tend(ApplicationService service, Context<ApplicationService> context) {
        try {
            ServiceSteward.Stand stand = steward.tend(service);
            boolean outdated = tell(service, stand.status(), context);
            return outdated ? Duration.ZERO : stand.again();
        } catch (KubernetesClientException unavailable) {
            return failed(service, unavailable);
        }
    }

    private static Duration failed(ApplicationService service, KubernetesClientException why) {
        LOG.warnf(
                "The service (%s/%s) is looked at again in %d s: %s",
                service.getMetadata().getNamespace(),
                service.getMetadata().getName(),
                TRY_AGAIN.toSeconds(),
                KubeVirtApi.said(why));
        return TRY_AGAIN;
    }

    @Override
    public DeleteControl cleanup(ApplicationService service, Context<ApplicationService> context) {
        try {
            ServiceSteward.Stand stand = steward.tend(service);
            if (stand.gone()) {
                steward.forget(service);
                metrics.forget(service);
                events.forget(service);
                return DeleteControl.defaultDelete();
            }
            tell(service, stand.status(), context);
            return DeleteControl.noFinalizerRemoval().rescheduleAfter(stand.again());
        } catch (KubernetesClientException unavailable) {
            return DeleteControl.noFinalizerRemoval().rescheduleAfter(failed(service, unavailable));
        }
    }

    /**
     * @return whether the service has changed meanwhile: the Java Operator SDK takes a change that comes with the answer for the
     *     status's own (issues 3398, 3455)
     */
    private boolean tell(
            ApplicationService service,
            @Nullable ApplicationServiceStatus status,
            Context<ApplicationService> context) {
        if (status != null) {
            metrics.tell(service, status);
        }
        if (status == null || Objects.equals(status, service.getStatus())) {
            return false;
        }
        ApplicationService patch = new ApplicationService();
        patch.getMetadata().setName(service.getMetadata().getName());
        patch.getMetadata().setNamespace(service.getMetadata().getNamespace());
        patch.setStatus(status);
        ApplicationService written = context.resourceOperations().serverSideApplyPrimaryStatus(patch);
        events.tell(service, status);
        return !Objects.equals(
                written.getMetadata().getGeneration(), service.getMetadata().getGeneration());
    }
}
