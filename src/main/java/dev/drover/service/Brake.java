package dev.drover.service;

import java.util.List;

/**
 * Keeps a failure of the network, or of a whole room, from being answered by a storm of restarts: when too many nodes are lost at once,
 * most likely it is not the nodes that have failed, and those that are left could not bear all anyway.
 *
 * @param lost the nodes that were lost together, by name
 * @param nodes of KubeVirt that were there before, these among them
 * @param percent of them that may be lost
 */
record Brake(List<String> lost, int nodes, int percent) {
    private static final int MOST_NAMED = 5;
    static final Brake NONE = new Brake(List.of(), 0, 100);

    Brake {
        lost = List.copyOf(lost);
    }

    /** One node alone is no storm, however few there are. */
    boolean holds() {
        return lost.size() > 1 && 100L * lost.size() > (long) percent * nodes;
    }

    /** For people. */
    String why() {
        String named = String.join("), (", lost.subList(0, Math.min(MOST_NAMED, lost.size())));
        String more = lost.size() > MOST_NAMED ? " and %d more".formatted(lost.size() - MOST_NAMED) : "";
        return "%d of %d nodes were lost together, more than %d %%: (%s)%s. Nothing is restarted until nodes are back, or the annotation %s of the service orders it."
                .formatted(lost.size(), nodes, percent, named, more, ServiceLabels.RECOVER);
    }
}
