package dev.drover.reconcile;

import io.fabric8.kubernetes.client.CustomResource;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.inbound.SimpleInboundEventSource;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The status of one kind, taken from the loop's newest report: written when it differs from what the object says. Objects of the kind are
 * looked at again whenever the report changes.
 *
 * @param <R> the kind
 * @param <S> its status
 */
final class ReportedStatus<R extends CustomResource<?, S>, S> {
    private final ReportBoard board;
    private final Supplier<R> empty;
    private final Function<Report, Map<String, S>> statuses;

    /** @param empty makes an object of the kind with nothing in it */
    ReportedStatus(ReportBoard board, Supplier<R> empty, Function<Report, Map<String, S>> statuses) {
        this.board = board;
        this.empty = empty;
        this.statuses = statuses;
    }

    /** Calls the reconciler for each object whose reported status is not the one that it has. */
    SimpleInboundEventSource<R> source(EventSourceContext<R> context) {
        SimpleInboundEventSource<R> source = new SimpleInboundEventSource<>("report");
        board.onChange(() -> context.getPrimaryCache()
                .list(resource -> differs(resource) != null)
                .forEach(resource -> source.propagateEvent(ResourceID.fromResource(resource))));
        return source;
    }

    UpdateControl<R> reconcile(R resource) {
        S status = differs(resource);
        if (status == null) {
            return UpdateControl.noUpdate();
        }
        R patch = empty.get();
        patch.getMetadata().setName(resource.getMetadata().getName());
        patch.getMetadata().setNamespace(resource.getMetadata().getNamespace());
        patch.setStatus(status);
        return UpdateControl.patchStatus(patch);
    }

    private @Nullable S differs(R resource) {
        S reported = statuses.apply(board.latest()).get(resource.getMetadata().getUid());
        return reported == null || Objects.equals(reported, resource.getStatus()) ? null : reported;
    }
}
