package dev.drover.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import org.jspecify.annotations.Nullable;

/** How measurements become the demand that nodes are balanced by. */
@ApiObject
public record DemandSettings(
        @Default("Auto")
                @JsonPropertyDescription(
                        "Auto: metrics.k8s.io when it answers, else requests. Metrics: metrics.k8s.io, and nothing is balanced without it. Requests: what the virtual machines request. "
                                + "status.demandSource says which is in use.")
                DemandSource source,
        @Default("300") @Min(15) @Max(86400) @JsonPropertyDescription("How far back measurements count, in seconds.")
                Integer windowSeconds,
        @Default("95")
                @Min(1)
                @Max(100)
                @JsonPropertyDescription(
                        "Which percentile of the measurements in the window is the demand; 100 is the highest.")
                Integer percentile,
        @JsonPropertyDescription(
                        "Looks ahead: a node that is forecast to be above its target is relieved before. Absent: only what is measured counts.")
                @Nullable
                ForecastSettings forecast) {
    public DemandSettings {
        source = source == null ? DemandSource.AUTO : source;
        windowSeconds = windowSeconds == null ? 300 : windowSeconds;
        percentile = percentile == null ? 95 : percentile;
    }

    /** The values that the schema sets when a user states none. */
    public static DemandSettings defaults() {
        return new DemandSettings(null, null, null, null);
    }
}
