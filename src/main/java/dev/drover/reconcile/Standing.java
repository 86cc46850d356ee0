package dev.drover.reconcile;

import dev.drover.placement.Relocation;
import dev.drover.status.GateReason;
import dev.drover.status.MachineReason;
import dev.drover.status.ObjectReason;
import dev.drover.status.Reason;
import dev.drover.status.ServiceReason;

/**
 * What may be done with one virtual machine now.
 *
 * @param extent for what it may be moved
 * @param byApproval its profile wants a person to approve each of its moves
 * @param reason why not everything is possible; RECONCILED when it is
 * @param message for a person; empty when everything is possible
 */
record Standing(Extent extent, boolean byApproval, Reason reason, String message) {

    enum Extent {
        /** For every reason. */
        ALL,
        /** It rests: only a broken constraint is reason enough. */
        REPAIR,
        /** Not at all. */
        NONE
    }

    static Standing free(boolean byApproval) {
        return new Standing(Extent.ALL, byApproval, ObjectReason.RECONCILED, "");
    }

    static Standing rests(boolean byApproval, Reason reason, String message) {
        return new Standing(Extent.REPAIR, byApproval, reason, message);
    }

    static Standing fixed(boolean byApproval, Reason reason, String message) {
        return new Standing(Extent.NONE, byApproval, reason, message);
    }

    /**
     * Why an approved move of it may not start now, though it was allowed when it was planned (P7, P12); empty when it may. The rest
     * after a move is no reason: the moves of one plan may follow each other.
     */
    String hinders(Relocation.Reason purpose) {
        return switch (reason) {
            case MachineReason.AUTOMATION_OFF,
                    MachineReason.RELOCATION_NEVER,
                    ServiceReason.SERVICE_PAUSED,
                    MachineReason.POD_LEFT_BEHIND,
                    MachineReason.HISTORY_NOT_KEPT -> message;
            case GateReason.OUTSIDE_WINDOW -> isUrgent(purpose) ? "" : message;
            case GateReason.KUBE_VIRT_UPDATING -> purpose == Relocation.Reason.CONSTRAINT_REPAIR ? "" : message;
            default -> "";
        };
    }

    /** A window is for what may as well be done later. */
    private static boolean isUrgent(Relocation.Reason purpose) {
        return purpose == Relocation.Reason.CONSTRAINT_REPAIR || purpose == Relocation.Reason.REQUESTED;
    }

    boolean mayBalance() {
        return extent == Extent.ALL;
    }

    boolean mayRepair() {
        return extent != Extent.NONE;
    }
}
