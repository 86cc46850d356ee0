package dev.drover.service;

import dev.drover.api.v1alpha1.Application;
import dev.drover.api.v1alpha1.ApplicationScaling;
import dev.drover.api.v1alpha1.ApplicationService;
import dev.drover.api.v1alpha1.ApplicationServiceStatus;
import dev.drover.api.v1alpha1.Management;
import dev.drover.api.v1alpha1.RunPolicy;
import dev.drover.api.v1alpha1.ScalingStatus;
import dev.drover.forecast.Forecast;
import dev.drover.forecast.Load;
import dev.drover.forecast.ScalingRule;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Decides how many virtual machines the applications with scaling are to have, and says why: a pure function of what is recorded, seen and
 * measured. What it decides is written in the status first; the next look acts on that.
 */
final class Scaler {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final double MILLIS = 1000;

    private final ApplicationService service;
    private final ServiceScene scene;
    private final Instant now;

    private Scaler(ApplicationService service, ServiceScene scene, Instant now) {
        this.service = service;
        this.scene = scene;
        // As a status tells times.
        this.now = now.truncatedTo(ChronoUnit.SECONDS);
    }

    /**
     * @param loads by the name of the application
     * @return by the name of the application; of those without scaling nothing
     */
    static Map<String, ScalingStatus> decide(
            ApplicationService service, ServiceScene scene, Function<String, Load> loads, Instant now) {
        Scaler scaler = new Scaler(service, scene, now);
        Map<String, ScalingStatus> decided = new HashMap<>();
        for (Application application : service.getSpec().applications()) {
            if (scene.sizes().containsKey(application.name())) {
                decided.put(application.name(), scaler.decide(application, loads.apply(application.name())));
            }
        }
        return decided;
    }

    /** The same status with what was decided. */
    static ApplicationServiceStatus told(ApplicationServiceStatus status, Map<String, ScalingStatus> decided) {
        return status.with(status.applications().stream()
                .map(application -> decided.containsKey(application.name())
                        ? application.with(decided.get(application.name()))
                        : application)
                .toList());
    }

    private ScalingStatus decide(Application application, Load load) {
        ApplicationScaling scaling = Objects.requireNonNull(application.scaling());
        int size = scene.sizes().get(application.name());
        ScalingStatus stands = standing(application, scaling, size);
        String obstacle = obstacle();
        if (obstacle != null) {
            return held(stands, obstacle);
        }
        ScalingRule rule = new ScalingRule(
                scaling.min(),
                Math.max(scaling.min(), scaling.max()),
                scaling.targetUtilizationPercent(),
                Duration.ofSeconds(scaling.stabilizationSeconds()));
        return switch (rule.decide(size, stands.since(), load, now)) {
            case ScalingRule.Stays _ -> held(stands, null);
            case ScalingRule.Unknown _ ->
                held(
                        stands,
                        "Its virtual machines have not been measured lately, or none is ready, so their number stays. See whether metrics.k8s.io answers.");
            case ScalingRule.Capped _ ->
                held(stands, "The load asks for more than max (%d). Raise max if it is to be served.".formatted(size));
            case ScalingRule.More more -> changed(more.count(), why(more, rule, load));
            case ScalingRule.Fewer fewer -> {
                String needed = needed(application, size);
                yield needed == null ? changed(fewer.count(), why(fewer, rule, load)) : held(stands, needed);
            }
        };
    }

    /** What is recorded, or what is recorded first. */
    private ScalingStatus standing(Application application, ApplicationScaling scaling, int size) {
        ScalingStatus recorded = Sizes.recorded(service, application.name());
        if (recorded == null) {
            return new ScalingStatus(size, now, "It begins with %d.".formatted(size), null);
        }
        return recorded.virtualMachines() == size
                ? recorded
                : changed(size, "It is from min (%d) to max (%d).".formatted(scaling.min(), scaling.max()));
    }

    /** Why nothing is decided at all; null when something is. */
    private @Nullable String obstacle() {
        if (scene.deleting() || service.getSpec().runPolicy() == RunPolicy.STOPPED) {
            return "The service does not run, so the number stays.";
        }
        if (service.getSpec().management() == Management.PAUSED) {
            return "The service is paused, so the number stays.";
        }
        return Restart.of(scene.restart()).pending(scene, now)
                ? "The service is being restarted, so the number stays."
                : null;
    }

    /** Why none may be taken away; null when one may. */
    private @Nullable String needed(Application application, int size) {
        List<TemplatedMachine> templates =
                Part.of(service, scene.sized(application), scene).templates();
        for (TemplatedMachine template : templates) {
            SeenMachine machine = scene.machines().get(template.name());
            if (machine == null
                    || !machine.ours()
                    || !machine.ready(service.getSpec().supervision())) {
                return "Fewer would be enough, but (%s) is not ready, so none is taken away."
                        .formatted(template.name());
            }
        }
        SeenMachine highest = scene.machines().get(templates.get(size - 1).name());
        return highest.moving() ? "Fewer would be enough, but (%s) is being moved.".formatted(highest.name()) : null;
    }

    private ScalingStatus changed(int count, String why) {
        return new ScalingStatus(count, now, why, null);
    }

    private static ScalingStatus held(ScalingStatus stands, @Nullable String why) {
        return new ScalingStatus(stands.virtualMachines(), stands.since(), stands.message(), why);
    }

    private static String why(ScalingRule.More more, ScalingRule rule, Load load) {
        String bear = bear(more.count(), rule, load);
        if (more.forecast() && load.ahead() instanceof Forecast.Trusted trusted && load.time() != null) {
            return "%s cores are forecast for %s (%s; so far %.0f %% less wrong than the same as now); %s."
                    .formatted(
                            cores(more.load()),
                            TIME.format(load.time()),
                            trusted.model(),
                            100 - 100 * trusted.error() / trusted.errorOfNow(),
                            bear);
        }
        return "%s cores are used; %s.".formatted(cores(more.load()), bear);
    }

    private static String why(ScalingRule.Fewer fewer, ScalingRule rule, Load load) {
        return "No more than %s cores were used or forecast for %d s; %s."
                .formatted(cores(fewer.peak()), rule.stabilization().toSeconds(), bear(fewer.count(), rule, load));
    }

    private static String bear(int count, ScalingRule rule, Load load) {
        return "%d virtual machines bear %s at %d %%"
                .formatted(count, cores(rule.bears(count, load.each())), rule.targetPercent());
    }

    private static String cores(double millis) {
        return String.format(Locale.ROOT, "%.1f", millis / MILLIS);
    }
}
