package dev.drover.bench.generate;

import java.util.List;
import java.util.random.RandomGenerator;

/** What an instance is for. */
public enum Kind {
    /** Ten virtual machines a node, a third of the nodes at 105 to 130 % of their CPU. */
    REBALANCE,
    /** The same with eight a node. */
    REPAIR,
    /** Eight a node, none hot, every third node to be emptied. */
    EVACUATE,
    /** Empty nodes, and more requests than they hold. */
    PLACE,
    /** Eight a node; those on every third node have a target elsewhere. */
    SEQUENCE;

    /**
     * The lines of the file.
     *
     * @param nodes at least 3
     */
    public List<String> lines(int nodes, RandomGenerator random) {
        return switch (this) {
            case REBALANCE -> new CrowdedNodes(nodes, 10, random).hot();
            case REPAIR -> new CrowdedNodes(nodes, 8, random).hot();
            case EVACUATE -> new CrowdedNodes(nodes, 8, random).toEmpty();
            case PLACE -> new Requests(nodes, random).lines();
            case SEQUENCE -> new CrowdedNodes(nodes, 8, random).onTheMove();
        };
    }
}
