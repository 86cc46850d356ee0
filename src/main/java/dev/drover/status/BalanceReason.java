package dev.drover.status;

import static dev.drover.status.Reason.Text.normal;
import static dev.drover.status.Reason.Text.warning;

/** Reasons of policies: what is to be done. */
public enum BalanceReason implements Reason {
    BALANCED(normal("Nothing is worth a move.")),
    MOVES_WANTED(normal("There are moves that are worth making.")),
    NO_CAPACITY(warning(
            "No node takes what should go there: there is too little room, or rules keep it away.",
            "Look at the message; add nodes, lower requests, or change the rules.")),
    ORDER_IMPOSSIBLE(warning(
            "There is no order of the moves in which each fits and no constraint is broken.",
            "Free some room on one of the nodes.")),
    RULES_DEADLOCKED(
            warning(
                    "Rules cannot hold together as things are: with the room that is left, the nodes that are open and the virtual machines that may be moved now. This is proven.",
                    "Look at the message: it names them. Free room, open nodes, let more virtual machines move, or change one of the rules.")),
    SOLVER_TIMED_OUT(warning(
            "The search for a better placement ran out of time; its best so far counts.",
            "Raise the setting solver-timeout if this lasts.")),
    OTHERS_MOVE(warning(
            "Something else moves virtual machines away from where Drover has put them.",
            "Keep it away from these virtual machines, for example a descheduler, or set the policy to Recommend."));

    private final Text text;

    BalanceReason(Text text) {
        this.text = text;
    }

    @Override
    public Text text() {
        return text;
    }
}
