package dev.drover.observe;

import dev.drover.kubevirt.Condition;
import dev.drover.kubevirt.SlimPod;
import dev.drover.kubevirt.VirtualMachineInstance;
import dev.drover.kubevirt.VirtualMachineInstance.MigrationState;
import dev.drover.kubevirt.VirtualMachineInstanceMigration;
import dev.drover.model.Migration;
import dev.drover.model.Migration.Phase;
import dev.drover.model.Node;
import dev.drover.model.VmId;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads migrations, with their ends as far as anything shows them. */
final class MigrationReader {

    private final Map<String, String> nodeByHostname;

    /** @param nodes to find a node by the label value that a migration's node selector names */
    MigrationReader(Collection<Node> nodes) {
        Map<String, String> names = new HashMap<>();
        nodes.forEach(node -> names.put(node.hostname(), node.name()));
        this.nodeByHostname = names;
    }

    /**
     * @param instance null when it is gone
     * @param launchers the instance's pods that have not finished
     */
    Migration read(
            VirtualMachineInstanceMigration migration,
            @Nullable VirtualMachineInstance instance,
            List<SlimPod> launchers) {
        String uid = migration.getMetadata().getUid();
        MigrationState state = state(migration, instance);
        ObjectMeta meta = migration.getMetadata();
        Map<String, String> annotations = meta.getAnnotations();
        Instant created = Instant.parse(meta.getCreationTimestamp());
        return new Migration(
                meta.getName(),
                uid,
                new VmId(meta.getNamespace(), migration.getSpec().vmiName()),
                phase(migration.getStatus().phase()),
                source(migration, instance, state),
                target(migration, state, launchers),
                migration.ours(),
                annotations == null ? null : annotations.get(Migration.MOVE_ANNOTATION),
                created,
                since(migration).orElse(created),
                failure(migration, state));
    }

    private static Optional<Instant> since(VirtualMachineInstanceMigration migration) {
        return migration.getStatus().phaseTransitionTimestamps().stream()
                .filter(transition ->
                        transition.phase().equals(migration.getStatus().phase()))
                .map(VirtualMachineInstanceMigration.Transition::phaseTransitionTimestamp)
                .filter(Objects::nonNull)
                .map(Instant::parse)
                .max(Comparator.naturalOrder());
    }

    private static String failure(VirtualMachineInstanceMigration migration, @Nullable MigrationState state) {
        if (!"Failed".equals(migration.getStatus().phase())) {
            return "";
        }
        if (state != null && state.failureReason() != null) {
            return state.failureReason();
        }
        return migration.getStatus().conditions().stream()
                .map(Condition::message)
                .filter(message -> message != null && !message.isEmpty())
                .findFirst()
                .orElse("KubeVirt gave no reason.");
    }

    static Phase phase(@Nullable String name) {
        return switch (name) {
            case null -> Phase.UNSET;
            case "" -> Phase.UNSET;
            case "Pending" -> Phase.PENDING;
            case "Scheduling" -> Phase.SCHEDULING;
            case "Scheduled" -> Phase.SCHEDULED;
            case "PreparingTarget" -> Phase.PREPARING_TARGET;
            case "TargetReady" -> Phase.TARGET_READY;
            case "Running" -> Phase.RUNNING;
            case "Succeeded" -> Phase.SUCCEEDED;
            case "Failed" -> Phase.FAILED;
            default -> Phase.UNKNOWN;
        };
    }

    private static @Nullable MigrationState state(
            VirtualMachineInstanceMigration migration, @Nullable VirtualMachineInstance instance) {
        if (migration.getStatus().migrationState() != null) {
            return migration.getStatus().migrationState();
        }
        MigrationState current = instance == null ? null : instance.getStatus().migrationState();
        return current != null && migration.getMetadata().getUid().equals(current.migrationUid()) ? current : null;
    }

    private static @Nullable String source(
            VirtualMachineInstanceMigration migration,
            @Nullable VirtualMachineInstance instance,
            @Nullable MigrationState state) {
        if (state != null && state.sourceNode() != null) {
            return state.sourceNode();
        }
        // One that failed before KubeVirt noted its ends left the guest where it was.
        boolean succeeded = "Succeeded".equals(migration.getStatus().phase());
        return instance == null || succeeded ? null : instance.getStatus().nodeName();
    }

    private @Nullable String target(
            VirtualMachineInstanceMigration migration, @Nullable MigrationState state, List<SlimPod> launchers) {
        if (state != null && state.targetNode() != null && !state.targetNode().isEmpty()) {
            return state.targetNode();
        }
        return launchers.stream()
                .filter(pod -> pod.migrationUid()
                        .filter(migration.getMetadata().getUid()::equals)
                        .isPresent())
                .map(pod -> pod.getSpec().nodeName())
                .filter(Objects::nonNull)
                .findFirst()
                .orElseGet(() -> nodeByHostname.get(
                        migration.getSpec().addedNodeSelector().get(Node.HOSTNAME_LABEL)));
    }
}
