package dev.drover.model;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One pod that has not finished: of a virtual machine (a launcher) or of anything else.
 *
 * @param node the node it is bound to; null while it is not bound
 * @param instanceUid uid of the VirtualMachineInstance that controls it; null when it is no launcher
 * @param requests effective requests including overhead and one {@link Resources#PODS}
 * @param terminating it has a deletion timestamp: it still holds its node, and still binds the scheduler
 * @param gated it waits for the placement gate
 */
public record Pod(
        String namespace,
        String name,
        String uid,
        Map<String, String> labels,
        @Nullable String node,
        @Nullable String instanceUid,
        Resources requests,
        Scheduling scheduling,
        boolean terminating,
        boolean gated) {
    public Pod {
        labels = Map.copyOf(labels);
    }

    public boolean isLauncher() {
        return instanceUid != null;
    }
}
