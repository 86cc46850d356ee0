package dev.drover.bench.start;

import dev.drover.bench.BadInstance;
import dev.drover.bench.Rows;
import dev.drover.bench.start.Arrivals.Vm;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Reads arrivals: the nodes on the first line, then a virtual machine a line. */
final class ArrivalsReader {
    private static final int MOST = 1_000_000_000;
    private static final int MOST_NODES = 1_000_000;

    private ArrivalsReader() {}

    /** @throws BadInstance when the file is missing or wrong */
    static Arrivals read(Path path) {
        Rows rows = Rows.of(path);
        need(rows);
        rows.expect("# nodes");
        int nodes = rows.integer(1, "the number of nodes", 1, MOST_NODES);
        int cpu = rows.integer(3, "the CPU capacity", 1, MOST);
        int memory = rows.integer(5, "the memory capacity", 1, MOST);
        need(rows);
        rows.expect("cpu", "memory", "spread", "colocate", "zone");
        List<Vm> vms = new ArrayList<>();
        while (rows.next()) {
            vms.add(new Vm(
                    rows.integer(0, "the CPU", 0, MOST),
                    rows.integer(1, "the memory", 0, MOST),
                    optional(rows, 2, "the spread group", MOST_NODES),
                    optional(rows, 3, "the colocate group", MOST_NODES),
                    optional(rows, 4, "the zone", Arrivals.ZONES - 1)));
        }
        return new Arrivals(nodes, cpu, memory, vms);
    }

    private static int optional(Rows rows, int column, String what, int most) {
        if (column >= rows.columns()) {
            throw rows.wrong(
                    what + " is missing: the line has " + rows.columns() + " columns. Leave it blank for none");
        }
        return rows.isBlank(column) ? Arrivals.NONE : rows.integer(column, what, 0, most);
    }

    private static void need(Rows rows) {
        if (!rows.next()) {
            throw rows.wrong("the file ends here. Is it whole?");
        }
    }
}
