package dev.drover.plan.sequence;

/**
 * What forbids moves beside the room on nodes: rules about who may be where together. It is asked at each instant, so that the rules of
 * the product hold in the same scheduler that orders bare moves. Its answers depend on nothing but where the copies are. Safe for
 * threads; what {@link #copies} returns is not.
 */
public interface PlacementRules {
    /** No rules. */
    PlacementRules NONE = new PlacementRules() {
        @Override
        public int[][] sets() {
            return new int[0][];
        }

        @Override
        public Copies copies() {
            return new Copies() {
                @Override
                public boolean allow(int move, int node) {
                    return true;
                }

                @Override
                public void put(int move, int node, int target) {
                    // No rule asks where anything is.
                }
            };
        }
    };

    /** For each rule the moves that it is about: moves that share none are never in each other's way. */
    int[][] sets();

    /** Who is where, everything where it is before the first move. */
    Copies copies();

    /** Where the copies of everything are, while moves are tried, made and taken back. Not safe for threads. */
    interface Copies {
        /**
         * Whether what a move takes, which rests, may have a copy on a node and then rest there: no rule breaks, whichever of what is in
         * flight arrives or fails. What was allowed stays so when more of that has arrived.
         */
        boolean allow(int move, int node);

        /** Puts the copies of what a move takes on these two nodes: equal when it rests. */
        void put(int move, int node, int target);
    }
}
