package dev.drover.kubevirt;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import org.jspecify.annotations.Nullable;

/**
 * One condition of an object's status; {@code status} is True, False or Unknown.
 *
 * @param lastTransitionTime when its status last changed, as the server wrote it
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record Condition(
        String type,
        String status,
        @Nullable String reason,
        @Nullable String message,
        @Nullable String lastTransitionTime) {

    public boolean isTrue() {
        return "True".equals(status);
    }
}
