package dev.drover.reconcile;

import dev.drover.placement.Score;
import dev.drover.plan.Plan;

/**
 * What should be done for one policy.
 *
 * @param plan without moves when nothing should be
 * @param byPerson the moves need a person's approval, whatever the policy's mode
 * @param message for a person: why nothing is done although something is not well; empty otherwise
 */
record Proposal(Plan plan, Score before, Score after, boolean byPerson, boolean timedOut, String message) {

    boolean isEmpty() {
        return plan.moves().isEmpty();
    }

    /** The same, to be approved by a person. */
    Proposal forPerson() {
        return new Proposal(plan, before, after, true, timedOut, message);
    }
}
