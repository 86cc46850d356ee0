package dev.drover.kubevirt;

import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.List;
import java.util.Optional;

/**
 * What starting and ending a live move asks of the API server: consistent reads right before the action, and the action. Every call may
 * throw {@link KubernetesClientException}.
 */
public interface LiveMoves {

    /**
     * Creates a migration to one node. The API server is told to refuse unknown fields, so that a KubeVirt which does not know
     * addedNodeSelector cannot drop it and migrate to anywhere.
     *
     * @throws KubernetesClientException with code 409 when the name is taken, 403 or 422 when KubeVirt refuses
     */
    VirtualMachineInstanceMigration createMigration(MigrationOrder order);

    /**
     * Deletes a migration: before it has begun this ends it, while it runs this aborts it.
     *
     * @param uid of the migration that is meant; another one with this name is left alone
     * @return whether there was something to delete
     */
    boolean deleteMigration(String namespace, String name, String uid);

    /** All migrations of one instance that still exist, of any author and phase. */
    List<VirtualMachineInstanceMigration> migrationsOf(String namespace, String instance);

    Optional<VirtualMachineInstance> instance(String namespace, String name);

    Optional<SlimNode> node(String name);

    /** The pod that a migration made on its target, if it has made one. */
    Optional<SlimPod> targetPod(String namespace, String migrationUid);

    /**
     * Deletes one pod.
     *
     * @param graceSeconds time to end in good order; 0 removes it at once, whatever its node does
     * @return whether there was something to delete
     */
    boolean deletePod(PodAddress pod, long graceSeconds);
}
