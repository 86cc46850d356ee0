package dev.drover.reconcile;

import dev.drover.status.Reason;

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
        return new Standing(Extent.ALL, byApproval, Reason.RECONCILED, "");
    }

    static Standing rests(boolean byApproval, Reason reason, String message) {
        return new Standing(Extent.REPAIR, byApproval, reason, message);
    }

    static Standing fixed(Reason reason, String message) {
        return new Standing(Extent.NONE, false, reason, message);
    }

    boolean mayBalance() {
        return extent == Extent.ALL;
    }

    boolean mayRepair() {
        return extent != Extent.NONE;
    }
}
