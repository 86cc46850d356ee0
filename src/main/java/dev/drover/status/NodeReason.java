package dev.drover.status;

import static dev.drover.status.Reason.Text.normal;
import static dev.drover.status.Reason.Text.warning;

/** Reasons of nodes. */
public enum NodeReason implements Reason {
    NODE_READY(normal("The node is ready and takes virtual machines.")),
    NODE_NOT_READY(warning("The node is not ready; nothing is sent to it.", "Look at the node's conditions.")),
    NODE_CORDONED(normal("The node is cordoned; nothing is sent to it.")),
    NODE_NOT_SCHEDULABLE(warning(
            "KubeVirt does not run virtual machines on the node; nothing is sent to it.",
            "Look at its label kubevirt.io/schedulable and at virt-handler.")),
    BELOW_TARGET(normal("Demand on the node is below the policy's target.")),
    ABOVE_TARGET(warning("Demand on the node is above the policy's target.", "Drover relieves it if it may."));

    private final Text text;

    NodeReason(Text text) {
        this.text = text;
    }

    @Override
    public Text text() {
        return text;
    }
}
