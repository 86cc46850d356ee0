package dev.drover.bench.btrplace;

/** What a plan does; times in seconds from its beginning. */
sealed interface Action {
    int vm();

    long start();

    long end();

    /** Starts a virtual machine that is ready. */
    record Boot(int vm, int node, long start, long end) implements Action {}

    /** Moves one that runs. */
    record Migrate(int vm, int from, int to, long start, long end) implements Action {}

    /** Gives one that runs what the rules want it to have. It takes no time. */
    record Allocate(int vm, long start) implements Action {
        @Override
        public long end() {
            return start;
        }
    }
}
