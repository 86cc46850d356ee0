package dev.drover.bench;

/**
 * The first line of a table: how many nodes there are, all of one size.
 *
 * @param cpu    of each
 * @param memory of each
 */
public record EqualNodes(int count, int cpu, int memory) {
    /** The largest amount of CPU or memory that a table may state. */
    public static final int MOST = 1_000_000;

    private static final int MOST_NODES = 1_000_000;
    private static final int COLUMNS = 6;

    /** Reads the next line, which is to be {@code # nodes,3,cpu capacity,640,memory capacity,256}. */
    public static EqualNodes read(Rows rows) {
        rows.need("# nodes");
        rows.needColumns(COLUMNS);
        EqualNodes nodes = new EqualNodes(
                rows.integer(1, "the number of nodes", 1, MOST_NODES),
                rows.integer(3, "the CPU capacity", 1, MOST),
                rows.integer(5, "the memory capacity", 1, MOST));
        rows.needNamed(2, "cpu capacity");
        rows.needNamed(4, "memory capacity");
        return nodes;
    }
}
