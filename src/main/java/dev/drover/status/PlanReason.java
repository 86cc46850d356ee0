package dev.drover.status;

import static dev.drover.status.Reason.Text.normal;
import static dev.drover.status.Reason.Text.warning;

/** Reasons of plans. */
public enum PlanReason implements Reason {
    PLAN_CREATED(normal("A plan was written.")),
    WAITING_FOR_APPROVAL(normal("The plan waits for a person.", "Approve or reject it in spec.approval.")),
    REJECTED(normal("A person rejected the plan.")),
    ABORTED(normal("A person aborted the plan.")),
    MOVING(normal("Moves of the plan are being made.")),
    COMPLETED(normal("All moves were made.")),
    PARTLY_DONE(warning("The plan ended and some of its moves were not made.", "Look at status.moves.")),
    SUPERSEDED(normal("A newer plan took the place of this one, or the cluster changed so that it no longer fits.")),
    STALLED(warning("Something that Drover may not clear by itself holds the plan up.", "Look at the message.")),
    NOT_STALLED(normal("Nothing holds the plan up."));

    private final Text text;

    PlanReason(Text text) {
        this.text = text;
    }

    @Override
    public Text text() {
        return text;
    }
}
