package dev.drover.constraint;

import dev.drover.model.Resources;
import dev.drover.model.Selector;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * The catalogue: what may be demanded of the virtual machines that a constraint selects. A virtual machine that moves live counts
 * on both its nodes; its two copies never count against each other.
 */
public sealed interface Rule {

    /** When a rule must hold: at each instant, moves in flight included, or only once nothing moves. */
    enum During {
        CONTINUOUS,
        DISCRETE
    }

    /** What holds when the author of a constraint says nothing. */
    default During usualDuring() {
        return switch (this) {
            case Colocate colocate -> During.DISCRETE;
            case SameDomain sameDomain -> During.DISCRETE;
            case Spread spread -> During.CONTINUOUS;
            case SeparateFrom separateFrom -> During.CONTINUOUS;
            case AllowedNodes allowedNodes -> During.CONTINUOUS;
            case ForbiddenNodes forbiddenNodes -> During.CONTINUOUS;
            case Exclusive exclusive -> During.CONTINUOUS;
            case Pinned pinned -> During.CONTINUOUS;
            case Capacity capacity -> During.CONTINUOUS;
            case Quarantine quarantine -> During.CONTINUOUS;
            case Reserve reserve -> During.CONTINUOUS;
            case Overcommit overcommit -> During.CONTINUOUS;
            case MaxNodesInUse maxNodesInUse -> During.DISCRETE;
        };
    }

    /** The word for it in the API, as people write it. */
    default String type() {
        return switch (this) {
            case Colocate colocate -> "Colocate";
            case SameDomain sameDomain -> "SameDomain";
            case Spread spread -> "Spread";
            case SeparateFrom separateFrom -> "SeparateFrom";
            case AllowedNodes allowedNodes -> "AllowedNodes";
            case ForbiddenNodes forbiddenNodes -> "ForbiddenNodes";
            case Exclusive exclusive -> "Exclusive";
            case Pinned pinned -> "Pinned";
            case Capacity capacity -> "Capacity";
            case Quarantine quarantine -> "Quarantine";
            case Reserve reserve -> "Reserve";
            case Overcommit overcommit -> "Overcommit";
            case MaxNodesInUse maxNodesInUse -> "MaxNodesInUse";
        };
    }

    /**
     * No two in one domain, or, with {@code maxSkew}, the fullest and the emptiest domain differ by at most that many. The
     * domains are the values of the node label {@code topologyKey}; a node without the label is not entered.
     */
    record Spread(String topologyKey, OptionalInt maxSkew) implements Rule {}

    /** All in one domain: on one node by default. */
    record Colocate(String topologyKey) implements Rule {}

    /** All in one domain, whichever that is. */
    record SameDomain(String topologyKey) implements Rule {}

    /** Shares no node with those that {@code others} selects; one that both select is not separated from itself. */
    record SeparateFrom(Selection others) implements Rule {}

    record AllowedNodes(Selector nodes) implements Rule {}

    record ForbiddenNodes(Selector nodes) implements Rule {}

    /** Shares no node with any virtual machine outside the selection. */
    record Exclusive() implements Rule {}

    /** Must not move. */
    record Pinned() implements Rule {}

    /**
     * At most {@code max} on the selected nodes: virtual machines when {@code resource} is null, else units of what their pods
     * request of it. Without {@code topologyKey} the sum over all these nodes counts, with it the sum in each domain.
     */
    record Capacity(Selector nodes, @Nullable String resource, long max, @Nullable String topologyKey)
            implements Rule {}

    /** Onto these nodes nobody comes, and from them nobody goes. */
    record Quarantine(Selector nodes) implements Rule {}

    /** So much of the node stays available to each, even when its pod requests less. */
    record Reserve(Resources amount) implements Rule {}

    /**
     * On each of these nodes guests are given at most {@code ratioPercent} of what it has of the resource.
     *
     * @param resource {@link Resources#CPU} or {@link Resources#MEMORY}
     */
    record Overcommit(Selector nodes, String resource, int ratioPercent) implements Rule {
        /** What the guests on a node may be given, by what it has. */
        public long most(long allocatable) {
            return Math.floorDiv(Math.multiplyExact(allocatable, (long) ratioPercent), PERCENT);
        }

        private static final int PERCENT = 100;
    }

    /** At most {@code max} of these nodes run any of them; at least 1, and binding at rest only. */
    record MaxNodesInUse(Selector nodes, int max) implements Rule {}
}
