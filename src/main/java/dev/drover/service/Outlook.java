package dev.drover.service;

import dev.drover.api.v1alpha1.NodeResources;
import dev.drover.status.Reason;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the loop over the cluster finds of one service.
 *
 * @param inForce whether the rules that it states are acted on; null when it states none
 * @param satisfied whether they hold; null when it states none
 * @param unplaced why virtual machines of it that are to start find no node, by their names
 * @param available what is free on the nodes that it may use
 */
public record Outlook(
        @Nullable Finding inForce, @Nullable Finding satisfied, Map<String, String> unplaced, NodeResources available) {
    public Outlook {
        unplaced = Map.copyOf(unplaced);
    }

    /** A condition's verdict with its grounds. */
    public record Finding(boolean holds, Reason reason, String message) {}
}
