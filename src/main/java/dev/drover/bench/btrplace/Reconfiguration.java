package dev.drover.bench.btrplace;

import java.util.BitSet;
import java.util.List;

/** A cluster as it is, and what is to hold. Nodes, virtual machines and resources are numbers from 0. */
record Reconfiguration(Nodes nodes, Vms vms, List<String> resources, List<Rule> rules) {
    /** In place of a number: there is none. */
    static final int NONE = -1;

    /** @param capacity nodes x resources */
    record Nodes(Ids ids, BitSet online, int[] capacity) {
        int count() {
            return ids.count();
        }
    }

    /**
     * @param nodeOf for each the node it runs on, or {@link #NONE}: it is ready to be booted
     * @param bootSeconds for each how long booting it takes
     * @param consumption virtual machines x resources: what each has now
     */
    record Vms(Ids ids, int[] nodeOf, int[] bootSeconds, int[] consumption) {
        int count() {
            return ids.count();
        }
    }
}
