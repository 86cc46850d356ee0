package dev.drover.service;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A virtual machine is, or was last, on a node that does not answer.
 *
 * @param since when the node stopped to answer
 * @param provenAt when it was seen that nothing runs there any more; null without a proof
 * @param why the proof, or what is wrong with a person's word; empty when there is neither
 */
record Loss(String node, Instant since, @Nullable Instant provenAt, String why) {
    boolean proven() {
        return provenAt != null;
    }
}
