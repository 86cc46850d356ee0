package dev.drover.service;

import dev.drover.kubevirt.SlimNode;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a node that may have died. That it does not answer proves nothing: its virtual machines may go on running, cut off from
 * the control plane, and a second start of one of them would destroy its data (P18).
 *
 * @param alive it answers; no proof counts any more then
 * @param since when that last changed, by the server's clock; null when it is not told, or the node is not there
 * @param proof why nothing runs on it any more; empty without a proof
 * @param mistake what is wrong with a person's word; empty when nothing is
 */
record NodeFate(boolean alive, @Nullable Instant since, String proof, String mistake) {
    private static final String OUT_OF_SERVICE = "node.kubernetes.io/out-of-service";

    /** Its object was deleted. That is no proof: anybody may delete the object of a node that runs. */
    static final NodeFate GONE = new NodeFate(false, null, "", "");

    static NodeFate of(SlimNode node, Instant now) {
        Instant since = node.getStatus().readySince().map(Instant::parse).orElse(null);
        if (node.getStatus().ready()) {
            return new NodeFate(true, since, "", "");
        }
        boolean outOfService =
                node.getSpec().taints().stream().anyMatch(taint -> taint.key().equals(OUT_OF_SERVICE));
        return outOfService
                ? new NodeFate(false, since, "it has the taint " + OUT_OF_SERVICE, "")
                : byWord(node.isDown(), since, now);
    }

    /** The word of a person counts from its time on, and not for a death that came after it. */
    private static NodeFate byWord(String written, @Nullable Instant since, Instant now) {
        if (written.isEmpty()) {
            return new NodeFate(false, since, "", "");
        }
        try {
            Instant time = Instant.parse(written);
            if (time.isAfter(now)) {
                return new NodeFate(
                        false,
                        since,
                        "",
                        "The annotation %s (%s) counts from that time on.".formatted(SlimNode.IS_DOWN, written));
            }
            return since != null && time.isBefore(since)
                    ? new NodeFate(
                            false,
                            since,
                            "",
                            "The annotation %s (%s) is of an earlier failure. Write the time of now if the node is down."
                                    .formatted(SlimNode.IS_DOWN, written))
                    : new NodeFate(false, since, "the annotation %s says so".formatted(SlimNode.IS_DOWN), "");
        } catch (DateTimeParseException malformed) {
            return new NodeFate(
                    false,
                    since,
                    "",
                    "The annotation %s (%s) is no time. Write one in RFC 3339, for example 2026-01-31T12:00:00Z."
                            .formatted(SlimNode.IS_DOWN, written));
        }
    }

    boolean proven() {
        return !proof.isEmpty();
    }
}
