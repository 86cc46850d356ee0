package dev.drover.bench.fleet;

import dev.drover.bench.fleet.Fleet.Member;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/** Fleets of a few nodes, some over their CPU, one to be emptied; in about one of two hundred that does not leave room enough. */
final class RandomFleets {
    private RandomFleets() {}

    static Fleet of(long seed) {
        Random random = new Random(seed);
        int nodes = 6 + random.nextInt(10);
        List<Member> members = new ArrayList<>();
        Set<List<Integer>> taken = new HashSet<>();
        for (int node = 0; node < nodes; node++) {
            int aim = node % 3 == 0 ? 700 + random.nextInt(100) : 150 + random.nextInt(200);
            for (int cpu = 0; cpu < aim; ) {
                int size = 20 + random.nextInt(100);
                int group = random.nextInt(4) == 0 ? Fleet.ALONE : random.nextInt(2 * nodes);
                if (group == Fleet.ALONE || taken.add(List.of(group, node))) {
                    members.add(new Member(node, size, 1 + random.nextInt(20), group));
                    cpu += size;
                }
            }
        }
        BitSet evacuated = new BitSet();
        evacuated.set(random.nextInt(nodes));
        return new Fleet(nodes, 640, 256, evacuated, members);
    }
}
