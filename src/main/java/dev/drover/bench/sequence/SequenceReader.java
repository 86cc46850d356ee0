package dev.drover.bench.sequence;

import dev.drover.bench.EqualNodes;
import dev.drover.bench.Rows;
import dev.drover.plan.sequence.SequenceProblem;
import dev.drover.plan.sequence.SequenceProblem.Limits;
import dev.drover.plan.sequence.SequenceProblem.Moves;
import dev.drover.plan.sequence.SequenceProblem.Rules;
import dev.drover.plan.sequence.SequenceProblem.Space;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToIntFunction;

/** Reads equal nodes on the first line, then a virtual machine a line: its node, memory in GiB, MB written a second, and target or none. */
final class SequenceReader {
    private static final int COLUMNS = 4;
    private static final int MOST_DIRTY = 1_000_000;
    private static final double MEGABYTE = 1e6;

    private record Row(int source, int target, int gib, int dirty) {}

    private final Rows rows;
    private final List<Row> moves = new ArrayList<>();

    private SequenceReader(Rows rows) {
        this.rows = rows;
    }

    /** @throws dev.drover.bench.BadInstance when the file is missing or wrong */
    static SequenceProblem read(Path path, Limits limits) {
        SequenceReader reader = new SequenceReader(Rows.of(path));
        Space space = reader.space();
        return new SequenceProblem(space, reader.moves(), limits, Rules.none(reader.moves.size()));
    }

    private Space space() {
        EqualNodes read = EqualNodes.read(rows);
        int nodes = read.count();
        int memory = read.memory();
        rows.need("node", "memory", "dirtyMBps", "target");
        long[] held = new long[nodes];
        long[] atTheEnd = new long[nodes];
        while (rows.next()) {
            rows.needColumns(COLUMNS);
            int node = rows.integer(0, "the node", 0, nodes - 1);
            int gib = rows.integer(1, "the memory", 1, EqualNodes.MOST);
            int dirty = rows.integer(2, "what is written a second", 0, MOST_DIRTY);
            int target = rows.isBlank(3) ? node : rows.integer(3, "the target", 0, nodes - 1);
            if (!rows.isBlank(3) && target == node) {
                throw rows.wrong("the target is the node where it is (" + node + ")");
            }
            held[node] += gib;
            atTheEnd[target] += gib;
            check(held[node], node, memory, "before the first move");
            check(atTheEnd[target], target, memory, "after the last move");
            if (target != node) {
                moves.add(new Row(node, target, gib, dirty));
            }
        }
        long[] capacity = new long[nodes];
        Arrays.fill(capacity, memory);
        return new Space(nodes, 1, capacity, held);
    }

    private void check(long gib, int node, int capacity, String when) {
        if (gib > capacity) {
            throw rows.wrong("with this one, node (" + node + ") holds " + gib + " of " + capacity + " GiB " + when);
        }
    }

    private Moves moves() {
        return new Moves(
                column(Row::source),
                column(Row::target),
                moves.stream().mapToLong(Row::gib).toArray(),
                moves.stream()
                        .mapToDouble(row -> (double) row.gib() * Setting.GIB)
                        .toArray(),
                moves.stream().mapToDouble(row -> row.dirty() * MEGABYTE).toArray(),
                new int[moves.size()],
                new int[moves.size()][0]);
    }

    private int[] column(ToIntFunction<Row> column) {
        return moves.stream().mapToInt(column).toArray();
    }
}
