package dev.drover.oracle;

/** Which placements an oracle chooses from. */
enum Space {
    /**
     * All whose moves can be made in any order, any number at a time, and may fail: what moves holds both its nodes, and no rule that
     * holds continuously is broken more at any instant than it is now. No rule is broken more at the end.
     */
    ANY_ORDER,

    /**
     * All in which every node that something moved to has room at the end, whatever happens on the way. No sequence of moves leads
     * to more, so nothing can be better than the best of these.
     */
    AT_LAST
}
