package dev.drover.service;

import dev.drover.api.v1alpha1.NodeLoss;
import java.time.Instant;

/**
 * A virtual machine is, or was last, on a node that is not ready, or has not been for long.
 *
 * @param told what the status says of it, and remembers
 * @param why the proof, or what is wrong with a person's word; empty when there is neither
 * @param back the node is ready again, and only watched for a while
 * @param brake whether too many nodes were lost together with this one
 */
record Loss(NodeLoss told, String why, boolean back, Brake brake) {
    String node() {
        return told.node();
    }

    Instant since() {
        return told.since();
    }

    boolean proven() {
        return told.provenAt() != null;
    }
}
