package dev.drover.service;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which of the lost nodes were lost together. What fails at once has one cause, and that is seldom the nodes; those that have been away
 * for long say nothing of it. In doubt the storm is the greater one.
 */
final class Storms {
    /** A storm goes on for as long as no longer time than this passes until the next node is lost: failures of cooling or power spread. */
    static final Duration TOGETHER = Duration.ofHours(1);

    private final List<Lost> dated;
    private final List<String> undated;
    private final int nodes;
    private final int percent;

    /** @param since null when it is not known: then it may belong to any storm */
    record Lost(String node, @Nullable Instant since) {
        boolean isBefore(@Nullable Instant order) {
            return order != null && since != null && since.isBefore(order);
        }
    }

    /**
     * @param nodes how many there are, the lost ones among them
     * @param percent of those that were there before a storm: when more are lost in it, the brake holds
     */
    Storms(Collection<Lost> lost, int nodes, int percent) {
        this.dated = lost.stream()
                .filter(each -> each.since() != null)
                .sorted(Comparator.comparing(each -> Objects.requireNonNull(each.since())))
                .toList();
        this.undated = lost.stream()
                .filter(each -> each.since() == null)
                .map(Lost::node)
                .toList();
        this.nodes = nodes;
        this.percent = percent;
    }

    /**
     * What keeps from being restarted what was on a node: the storm in which it was lost, and also the newest one, which may be going on.
     *
     * @param order a person's order to go on in spite of what was lost before it; null without one
     */
    Brake brake(String node, @Nullable Instant order) {
        List<List<Lost>> storms = storms(order);
        int left = nodes
                - (int) dated.stream().filter(each -> each.isBefore(order)).count();
        Brake own = Brake.NONE;
        Brake newest = Brake.NONE;
        for (List<Lost> storm : storms) {
            List<String> names = Stream.concat(storm.stream().map(Lost::node), undated.stream())
                    .sorted()
                    .toList();
            newest = new Brake(names, left, percent);
            if (!own.holds() && names.contains(node)) {
                own = newest;
            }
            left -= storm.size();
        }
        return own.holds() ? own : newest;
    }

    /** The oldest first; of those that the order does not reach. */
    private List<List<Lost>> storms(@Nullable Instant order) {
        List<List<Lost>> storms = new ArrayList<>();
        Instant last = null;
        for (Lost each : dated) {
            if (each.isBefore(order)) {
                continue;
            }
            Instant since = Objects.requireNonNull(each.since());
            if (last == null || last.plus(TOGETHER).isBefore(since)) {
                storms.add(new ArrayList<>());
            }
            storms.getLast().add(each);
            last = since;
        }
        return storms.isEmpty() ? List.of(List.of()) : storms;
    }
}
