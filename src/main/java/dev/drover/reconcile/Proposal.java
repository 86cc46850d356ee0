package dev.drover.reconcile;

import dev.drover.api.v1alpha1.Fault;
import dev.drover.constraint.Conflict;
import dev.drover.placement.Score;
import dev.drover.plan.Plan;
import dev.drover.status.BalanceReason;
import dev.drover.status.Message;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What should be done for one policy.
 *
 * @param plan without moves when nothing should be
 * @param byPerson the moves need a person's approval, whatever the policy's mode
 * @param timedOut the search ran out of time
 * @param deadlock rules that cannot hold as things are; null when none are known
 * @param message for a person: why nothing is done although something is not well; empty otherwise
 */
record Proposal(
        Plan plan,
        Score before,
        Score after,
        boolean byPerson,
        boolean timedOut,
        @Nullable Conflict deadlock,
        String message) {

    boolean isEmpty() {
        return plan.moves().isEmpty();
    }

    /** Why not everything is mended, as the policy tells it. */
    List<Fault> faults(String policy) {
        List<Fault> faults = new ArrayList<>();
        if (!message.isEmpty()) {
            faults.add(new Fault(policy, BalanceReason.ORDER_IMPOSSIBLE.value(), Message.fitting(message)));
        }
        if (deadlock != null) {
            faults.add(new Fault(policy, BalanceReason.RULES_DEADLOCKED.value(), Message.fitting(deadlock.message())));
        }
        if (timedOut) {
            faults.add(new Fault(
                    policy,
                    BalanceReason.SOLVER_TIMED_OUT.value(),
                    BalanceReason.SOLVER_TIMED_OUT.meaning() + " " + BalanceReason.SOLVER_TIMED_OUT.remedy()));
        }
        return faults;
    }

    /** The same, of a search that ran out of time. */
    Proposal cutShort() {
        return new Proposal(plan, before, after, byPerson, true, deadlock, message);
    }

    /** The same, to be approved by a person. */
    Proposal forPerson() {
        return new Proposal(plan, before, after, true, timedOut, deadlock, message);
    }

    /** The same, where these rules cannot hold. */
    Proposal besides(@Nullable Conflict deadlock) {
        return new Proposal(plan, before, after, byPerson, timedOut, deadlock, message);
    }
}
