package dev.drover.service;

import dev.drover.kubevirt.Remediation;
import dev.drover.kubevirt.SlimNode;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a node that may have died. That it does not answer proves nothing: its virtual machines may go on running, cut off from
 * the control plane, and a second start of one of them would destroy its data (P18).
 *
 * @param alive it is ready; no proof counts any more then
 * @param since when that last changed, by the server's clock; null when it is not told, or the node is not there
 * @param proof why nothing runs on it any more; empty without a proof
 * @param mistake what is wrong with a person's word; empty when nothing is
 * @param word of a person, if there is one that says a time
 */
record NodeFate(boolean alive, @Nullable Instant since, String proof, String mistake, Word word) {
    /** A node that is ready may be lost again at once; what it holds is known for sure only after this time without a break. */
    static final Duration SETTLES = Duration.ofMinutes(2);

    static final String WAS_AHEAD =
            "The annotation (%s) was for the future when it was seen, and never counts. Write the time of now if the node is down.";

    private static final String OUT_OF_SERVICE = "node.kubernetes.io/out-of-service";
    private static final String NO_EXECUTE = "NoExecute";
    private static final String BY_WORD = "the annotation %s says so".formatted(SlimNode.IS_DOWN);

    /** @param ahead that time has not come yet */
    record Word(@Nullable Instant time, boolean ahead) {
        static final Word NONE = new Word(null, false);
    }

    /** Its object was deleted. That is no proof: anybody may delete the object of a node that runs. */
    static final NodeFate GONE = new NodeFate(false, null, "", "", Word.NONE);

    /** @param remediations of this node */
    static NodeFate of(SlimNode node, List<Remediation> remediations, Instant now) {
        Instant since = node.getStatus().readySince().map(Instant::parse).orElse(null);
        if (node.getStatus().ready()) {
            return new NodeFate(true, since, "", "", Word.NONE);
        }
        boolean outOfService = node.getSpec().taints().stream()
                .anyMatch(taint -> taint.key().equals(OUT_OF_SERVICE) && NO_EXECUTE.equals(taint.effect()));
        if (outOfService) {
            return new NodeFate(false, since, "it has the taint " + OUT_OF_SERVICE, "", Word.NONE);
        }
        Optional<Remediation> completed = remediations.stream()
                .filter(remediation -> since != null && isProof(remediation, since))
                .findFirst();
        return completed
                .map(remediation -> new NodeFate(false, since, said(remediation), "", Word.NONE))
                .orElseGet(() -> byWord(node.isDown(), since, now));
    }

    private static String said(Remediation remediation) {
        return "its %s (%s/%s) is completed"
                .formatted(
                        remediation.getKind(),
                        remediation.getMetadata().getNamespace(),
                        remediation.getMetadata().getName());
    }

    /** One that had begun before the node was lost may have restarted it before that too: it may have come back, and have been lost again. */
    private static boolean isProof(Remediation remediation, Instant since) {
        return !Instant.parse(remediation.getMetadata().getCreationTimestamp()).isBefore(since)
                && remediation
                        .completedAt()
                        .map(Instant::parse)
                        .filter(time -> !time.isBefore(since))
                        .isPresent();
    }

    /** The word of a person counts from its time on, and not for a death that came after it. */
    private static NodeFate byWord(String written, @Nullable Instant since, Instant now) {
        if (written.isEmpty()) {
            return new NodeFate(false, since, "", "", Word.NONE);
        }
        try {
            Instant time = Instant.parse(written);
            String mistake = mistake(time, since, now);
            return new NodeFate(
                    false, since, mistake.isEmpty() ? BY_WORD : "", mistake, new Word(time, time.isAfter(now)));
        } catch (DateTimeParseException malformed) {
            return new NodeFate(
                    false,
                    since,
                    "",
                    "The annotation %s (%s) is no time. Write one in RFC 3339, for example 2026-01-31T12:00:00Z."
                            .formatted(SlimNode.IS_DOWN, written),
                    Word.NONE);
        }
    }

    private static String mistake(Instant time, @Nullable Instant since, Instant now) {
        if (time.isAfter(now)) {
            return "The annotation %s (%s) is for the future, and does not count, then neither. Write the time of now if the node is down."
                    .formatted(SlimNode.IS_DOWN, time);
        }
        if (since == null) {
            return "The annotation %s (%s) cannot be compared: since when the node is not ready is not told. Use the taint %s if it is down."
                    .formatted(SlimNode.IS_DOWN, time, OUT_OF_SERVICE);
        }
        return time.isBefore(since)
                ? "The annotation %s (%s) is of an earlier failure. Write the time of now if the node is down."
                        .formatted(SlimNode.IS_DOWN, time)
                : "";
    }

    boolean proven() {
        return !proof.isEmpty();
    }

    boolean byWord() {
        return proof.equals(BY_WORD);
    }

    /** It has been ready for so long without a break that what was lost with it is past. */
    boolean settled(Instant now) {
        return alive && since != null && !since.plus(SETTLES).isAfter(now);
    }
}
