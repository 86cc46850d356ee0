package dev.drover.service;

import dev.drover.kubevirt.SlimNode;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the death of nodes means to one service, as it is seen at one instant.
 *
 * @param losses by the name of the virtual machine, there or not
 * @param queue of all services: who is to be restarted and is not started yet, the first one first
 * @param mistake what is wrong with a person's order; empty when nothing is
 */
record Recovering(Map<String, Loss> losses, List<Turn> queue, String mistake) {
    private static final String WHAT_PROVES =
            "Fence it, or write the annotation %s with the time of now on the node when you have made sure that it is off."
                    .formatted(SlimNode.IS_DOWN);

    static final Recovering NOTHING = new Recovering(Map.of(), List.of(), "");

    Recovering {
        losses = Map.copyOf(losses);
        queue = List.copyOf(queue);
    }

    /** Why a virtual machine that does not run must not be started now; empty when it may be. */
    String hold(String namespace, String machine, boolean restart, Instant now) {
        Loss loss = losses.get(machine);
        if (loss == null) {
            return "";
        }
        if (!restart) {
            return "Its node (%s) is lost, and recovery.onNodeFailure is None: it is started when the node is back."
                    .formatted(loss.node());
        }
        if (loss.back()) {
            return "Its node (%s) was lost. %s".formatted(loss.node(), loss.why());
        }
        if (!loss.proven()) {
            return "Its node (%s) is not ready since %s, and it is not proven that it is down. %s"
                    .formatted(loss.node(), loss.since(), loss.why().isEmpty() ? WHAT_PROVES : loss.why());
        }
        if (loss.brake().holds()) {
            return loss.brake().why();
        }
        Turn first = ahead(namespace, machine, now);
        return first == null
                ? ""
                : "It is started after the virtual machine (%s/%s) of the service (%s)."
                        .formatted(first.namespace(), first.machine(), first.service());
    }

    private @Nullable Turn ahead(String namespace, String machine, Instant now) {
        Turn own = queue.stream()
                .filter(turn ->
                        turn.namespace().equals(namespace) && turn.machine().equals(machine))
                .findFirst()
                .orElse(null);
        return own == null
                ? null
                : queue.stream()
                        .filter(turn -> turn.before(own, now))
                        .findFirst()
                        .orElse(null);
    }
}
