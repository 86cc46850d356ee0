package dev.drover.constraint;

import dev.drover.model.VmId;
import java.util.List;

/**
 * Constraints that cannot hold together. Minimal: without any one of them the others can hold.
 *
 * @param constraints sorted; never empty
 * @param vms the virtual machines at which they meet, sorted
 * @param message names the constraints and says what to change
 */
public record Conflict(List<ConstraintId> constraints, List<VmId> vms, String message) {
    public Conflict {
        constraints = List.copyOf(constraints);
        vms = List.copyOf(vms);
    }
}
