package dev.drover.bench.fleet;

import dev.drover.bench.BadInstance;
import dev.drover.bench.EqualNodes;
import dev.drover.bench.Rows;
import dev.drover.bench.fleet.Fleet.Member;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Reads a fleet: its nodes on the first line, the nodes to empty on a second one where there are any, then a member a line. */
final class FleetReader {
    private static final int MOST_GROUPS = 1_000_000;
    private static final int COLUMNS = 4;
    /** What one node may hold at first; the search counts in integers of 32 bits. */
    private static final int MOST_OF_NODE = 1_000_000_000;

    private final Rows rows;

    private FleetReader(Rows rows) {
        this.rows = rows;
    }

    /** @throws BadInstance when the file is missing or wrong */
    static Fleet read(Path path) {
        return new FleetReader(Rows.of(path)).read();
    }

    private Fleet read() {
        EqualNodes nodes = EqualNodes.read(rows);
        BitSet evacuated = new BitSet(nodes.count());
        if (rows.nextIf("# evacuate")) {
            for (int column = 1; column < rows.columns(); column++) {
                int node = rows.integer(column, "a node to evacuate", 0, nodes.count() - 1);
                if (evacuated.get(node)) {
                    throw rows.wrong("node (" + node + ") is there twice");
                }
                evacuated.set(node);
            }
        }
        rows.need("node", "cpu", "memory", "group");
        return new Fleet(nodes.count(), nodes.cpu(), nodes.memory(), evacuated, members(nodes.count()));
    }

    private List<Member> members(int nodes) {
        List<Member> members = new ArrayList<>();
        Set<List<Integer>> groupsOnNodes = new HashSet<>();
        long[] cpu = new long[nodes];
        long[] memory = new long[nodes];
        while (rows.next()) {
            Member member = member(nodes);
            members.add(member);
            int node = member.node();
            if (member.group() != Fleet.ALONE && !groupsOnNodes.add(List.of(member.group(), node))) {
                throw rows.wrong("two of group (" + member.group() + ") are on node (" + node + ")");
            }
            cpu[node] += member.cpu();
            memory[node] += member.memory();
            if (cpu[node] > MOST_OF_NODE || memory[node] > MOST_OF_NODE) {
                throw rows.wrong("with this one, node (" + node + ") holds more than " + MOST_OF_NODE);
            }
        }
        if (members.isEmpty()) {
            throw rows.wrong("no virtual machine follows. Is the file whole?");
        }
        return members;
    }

    private Member member(int nodes) {
        rows.needColumns(COLUMNS);
        return new Member(
                rows.integer(0, "the node", 0, nodes - 1),
                rows.integer(1, "the CPU", 0, EqualNodes.MOST),
                rows.integer(2, "the memory", 0, EqualNodes.MOST),
                rows.isBlank(3) ? Fleet.ALONE : rows.integer(3, "the group", 0, MOST_GROUPS));
    }
}
