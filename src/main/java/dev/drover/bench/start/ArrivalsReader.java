package dev.drover.bench.start;

import dev.drover.bench.BadInstance;
import dev.drover.bench.EqualNodes;
import dev.drover.bench.Rows;
import dev.drover.bench.start.Arrivals.Vm;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Reads arrivals: the nodes on the first line, then a virtual machine a line. */
final class ArrivalsReader {
    private static final int MOST_GROUPS = 1_000_000;
    private static final int COLUMNS = 5;

    private ArrivalsReader() {}

    /** @throws BadInstance when the file is missing or wrong */
    static Arrivals read(Path path) {
        Rows rows = Rows.of(path);
        EqualNodes nodes = EqualNodes.read(rows);
        rows.need("cpu", "memory", "spread", "colocate", "zone");
        List<Vm> vms = new ArrayList<>();
        while (rows.next()) {
            rows.needColumns(COLUMNS);
            vms.add(new Vm(
                    rows.integer(0, "the CPU", 0, EqualNodes.MOST),
                    rows.integer(1, "the memory", 0, EqualNodes.MOST),
                    optional(rows, 2, "the spread group", MOST_GROUPS),
                    optional(rows, 3, "the colocate group", MOST_GROUPS),
                    optional(rows, 4, "the zone", Arrivals.ZONES - 1)));
        }
        return new Arrivals(nodes.count(), nodes.cpu(), nodes.memory(), vms);
    }

    private static int optional(Rows rows, int column, String what, int most) {
        return rows.isBlank(column) ? Arrivals.NONE : rows.integer(column, what, 0, most);
    }
}
