package dev.drover.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.ValidationRule;

/** How far ahead of now demand is looked for. */
@ApiObject
@ValidationRule(
        value = "2 * self.horizonSeconds <= self.seasonSeconds",
        message =
                "horizonSeconds is more than half of seasonSeconds. Look less far ahead, or give the season after which demand comes again.")
public record ForecastSettings(
        @Default("1800")
                @Min(10)
                @Max(7200)
                @JsonPropertyDescription(
                        "How far ahead, in seconds. Moves that a forecast asks for begin so long before at the earliest.")
                Integer horizonSeconds,
        @Default("86400")
                @Min(60)
                @Max(86400)
                @JsonPropertyDescription(
                        "After how many seconds demand comes again: a day, or a part of one. The first season is learnt from.")
                Integer seasonSeconds) {
    public ForecastSettings {
        horizonSeconds = horizonSeconds == null ? 1800 : horizonSeconds;
        seasonSeconds = seasonSeconds == null ? 86400 : seasonSeconds;
    }
}
