package dev.drover.service;

import dev.drover.api.v1alpha1.Application;
import dev.drover.api.v1alpha1.ApplicationDependency;
import dev.drover.api.v1alpha1.DependencyState;
import dev.drover.api.v1alpha1.Supervision;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** Who may start, and who may stop: in the order of the dependencies, and in the reverse one. */
final class StartOrder {
    private final Map<String, Part> parts = new LinkedHashMap<>();
    private final Supervision supervision;
    private final Instant now;

    StartOrder(List<Part> parts, Supervision supervision, Instant now) {
        parts.forEach(part -> this.parts.put(part.name(), part));
        this.supervision = supervision;
        this.now = now;
    }

    /**
     * What an application waits for.
     *
     * @param why for people; empty when it waits for nothing
     * @param remaining how long it has to wait at least, zero when that depends on others
     */
    record Wait(String why, Duration remaining) {
        static final Wait NONE = new Wait("", Duration.ZERO);

        boolean over() {
            return why.isEmpty();
        }
    }

    Wait before(Application application) {
        for (ApplicationDependency dependency : application.dependsOn()) {
            Wait wait = before(dependency, parts.get(dependency.application()));
            if (!wait.over()) {
                return wait;
            }
        }
        return Wait.NONE;
    }

    private Wait before(ApplicationDependency dependency, Part part) {
        if (!part.reached(dependency.until(), supervision)) {
            boolean ready = dependency.until() == DependencyState.READY;
            return new Wait(
                    "It waits until the application (%s) %s: %d of %d virtual machines %s."
                            .formatted(
                                    part.name(),
                                    ready ? "is ready" : "runs",
                                    ready ? part.ready(supervision) : part.running(),
                                    part.required(),
                                    ready ? "are" : "run"),
                    Duration.ZERO);
        }
        Instant since = part.since(dependency.until(), supervision);
        Duration delay = Duration.ofSeconds(dependency.delaySeconds());
        Instant end = since == null ? now : since.plus(delay);
        return end.isAfter(now)
                ? new Wait(
                        "It waits %d s after the application (%s).".formatted(delay.toSeconds(), part.name()),
                        Duration.between(now, end))
                : Wait.NONE;
    }

    /** Nothing that depends on it runs any more. */
    boolean mayStop(Part part) {
        return noDependent(part, Part::ownPresent);
    }

    /** Nothing that depends on it is there any more. */
    boolean mayGo(Part part) {
        return noDependent(part, Part::ownThere);
    }

    private boolean noDependent(Part part, Predicate<Part> holds) {
        return parts.values().stream()
                .filter(other -> other.application().dependsOn().stream()
                        .anyMatch(dependency -> dependency.application().equals(part.name())))
                .noneMatch(holds);
    }
}
