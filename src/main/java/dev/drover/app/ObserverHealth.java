package dev.drover.app;

import dev.drover.observe.Observer;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready when the caches show the cluster: before, the webhook could not place anything. */
@Readiness
final class ObserverHealth implements HealthCheck {
    private final Observer observer;

    ObserverHealth(Observer observer) {
        this.observer = observer;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("caches").status(observer.ready()).build();
    }
}
