package dev.drover.app;

import dev.drover.admission.FirstCalls;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready when the webhook has answered this process itself: the API server does not wait long. */
@Readiness
final class WebhookHealth implements HealthCheck {
    private final FirstCalls firstCalls;

    WebhookHealth(FirstCalls firstCalls) {
        this.firstCalls = firstCalls;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("webhook")
                .status(firstCalls.answered())
                .build();
    }
}
