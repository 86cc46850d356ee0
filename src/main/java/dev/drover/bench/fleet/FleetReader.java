package dev.drover.bench.fleet;

import dev.drover.bench.BadInstance;
import dev.drover.bench.Rows;
import dev.drover.bench.fleet.Fleet.Member;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/** Reads a fleet: its nodes on the first line, the nodes to empty on a second one where there are any, then a member a line. */
final class FleetReader {
    private static final int MOST = 1_000_000_000;
    private static final int MOST_NODES = 1_000_000;

    private final Rows rows;

    private FleetReader(Rows rows) {
        this.rows = rows;
    }

    /** @throws BadInstance when the file is missing or wrong */
    static Fleet read(Path path) {
        return new FleetReader(Rows.of(path)).read();
    }

    private Fleet read() {
        need();
        rows.expect("# nodes");
        int nodes = rows.integer(1, "the number of nodes", 1, MOST_NODES);
        int cpu = rows.integer(3, "the CPU capacity", 1, MOST);
        int memory = rows.integer(5, "the memory capacity", 1, MOST);
        BitSet evacuated = new BitSet(nodes);
        need();
        if (rows.startsWith("# evacuate")) {
            for (int column = 1; column < rows.columns(); column++) {
                evacuated.set(rows.integer(column, "a node to evacuate", 0, nodes - 1));
            }
            need();
        }
        rows.expect("node", "cpu", "memory", "group");
        return new Fleet(nodes, cpu, memory, evacuated, members(nodes));
    }

    private void need() {
        if (!rows.next()) {
            throw rows.wrong("the file ends here. Is it whole?");
        }
    }

    private List<Member> members(int nodes) {
        List<Member> members = new ArrayList<>();
        while (rows.next()) {
            members.add(new Member(
                    rows.integer(0, "the node", 0, nodes - 1),
                    rows.integer(1, "the CPU", 0, MOST),
                    rows.integer(2, "the memory", 0, MOST),
                    rows.isBlank(3) ? Fleet.ALONE : rows.integer(3, "the group", 0, MOST_NODES)));
        }
        return members;
    }
}
