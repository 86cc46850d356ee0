package dev.drover.admission;

import jakarta.enterprise.inject.Instance;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

/** Serves the webhook. Until the operator has started it answers 503, and the API server admits the pod as it is. */
@Path(WebhookRegistration.PATH)
public final class AdmissionEndpoint {
    private final Instance<PodAdmission> admission;

    AdmissionEndpoint(Instance<PodAdmission> admission) {
        this.admission = admission;
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Produces(MediaType.APPLICATION_JSON)
    public Response admit(byte[] review) {
        if (!admission.isResolvable()) {
            return problem(Response.Status.SERVICE_UNAVAILABLE, "The operator is starting. Try again.");
        }
        try {
            return Response.ok(admission.get().admit(review)).build();
        } catch (MalformedReview malformed) {
            return problem(Response.Status.BAD_REQUEST, malformed.getMessage());
        }
    }

    private static Response problem(Response.Status status, String message) {
        return Response.status(status)
                .type(MediaType.TEXT_PLAIN_TYPE)
                .entity(message)
                .build();
    }
}
