package dev.drover.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The relocation of one virtual machine that a person ordered. The operator goes on from what stands here, also after a restart. */
@ApiObject
public record ServiceRelocation(
        @Required @Size(min = 1, max = Limits.NAME) @JsonPropertyDescription("The name of the virtual machine.")
                String virtualMachine,
        @Required @JsonPropertyDescription("The time of the order: one order is carried out once.") Instant ordered,
        @Required
                @JsonPropertyDescription(
                        "How far it is. Waiting: it can move live, and has not begun to. Moving: it is moving live. Preparing: its node-local disks get new volumes on the other node, while it runs. Stopping: it is being stopped where it is. Copying, Attaching: the data of these disks is copied, and its claims are bound to the new volumes. Starting: it starts on the other node. Withdrawing, Restoring, Returning: it did not become ready there, is stopped there, gets its disks back and starts again where it was. Releasing: it is being freed from what bound it to one node. Cleaning: volumes that are not used any more are deleted. Succeeded, Failed, Refused: it is over.")
                RelocationState state,
        @Size(max = Limits.NAME) @JsonPropertyDescription("The node that it was on before.") @Nullable String from,
        @Size(max = Limits.NAME) @JsonPropertyDescription("The node that it is to run on.") @Nullable String to,
        @Size(max = 16) @JsonPropertyDescription("The states that it has been in, the first one first.")
                List<RelocationStep> steps,
        @Size(max = 16)
                @JsonPropertyDescription(
                        "The disks that only the first node reaches, and that are copied; none when all are reached from the other node too.")
                List<RelocationDisk> disks,
        @JsonPropertyDescription(
                        "Why it did not come to the other node. OrderNotFit: what was ordered cannot be done. NotAllowed: the service, a profile, a policy or a PodDisruptionBudget is against it. DataNotMovable: it has data that stays behind on its node. DataNotCopied: its disks could not be copied to the other node. NoNode: no node takes it. NotReadyThere: it did not become ready on the other node. MigrationFailed: its live migration failed. TakenBack: it or its order was taken away meanwhile.")
                @Nullable
                RelocationFault fault,
        @Size(max = Limits.MESSAGE) @JsonPropertyDescription("More about the fault, for people.") @Nullable
                String message) {
    public ServiceRelocation {
        steps = steps == null ? List.of() : List.copyOf(steps);
        disks = disks == null ? List.of() : List.copyOf(disks);
    }
}
