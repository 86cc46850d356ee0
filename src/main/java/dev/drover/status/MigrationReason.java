package dev.drover.status;

import static dev.drover.status.Reason.Text.normal;
import static dev.drover.status.Reason.Text.warning;

/** Reasons of migrations. */
public enum MigrationReason implements Reason {
    MIGRATION_STARTED(normal("A migration was created.")),
    MIGRATION_SUCCEEDED(normal("The virtual machine runs on its new node.")),
    MIGRATION_FAILED(warning(
            "KubeVirt reported a failure; the virtual machine still runs where it was.",
            "Look at the message and at the VirtualMachineInstanceMigration.")),
    MIGRATION_CANCELLED(normal("Somebody deleted the migration.")),
    MIGRATION_REFUSED(warning("The API server or KubeVirt refused to create the migration.", "Look at the message.")),
    ORDER_REFUSED(warning(
            "A person's order to move the virtual machine was refused.", "Look at the message, and order it again.")),
    PENDING_DEADLINE(warning(
            "KubeVirt did not take the migration up in time, so Drover deleted it.",
            "Look at KubeVirt's limits of parallel migrations and at virt-controller.")),
    SCHEDULING_DEADLINE(warning(
            "The target pod found no node in time, so Drover deleted the migration.",
            "Look at the events of the target pod.")),
    PREPARING_DEADLINE(warning(
            "The target did not get ready in time, so Drover deleted the migration.",
            "Look at virt-handler on the target node.")),
    RUNNING_DEADLINE(warning(
            "Copying memory took too long, so Drover deleted the migration.",
            "Look at the memory that the virtual machine dirties, and at the network.")),
    TARGET_POD_STUCK(warning(
            "The target pod stays Terminating on a node that is not ready; the slot counts as taken.",
            "Fence the node, for example with the taint node.kubernetes.io/out-of-service."));

    private final Text text;

    MigrationReason(Text text) {
        this.text = text;
    }

    @Override
    public Text text() {
        return text;
    }
}
