package dev.drover.system;

import dev.drover.testbed.NodeShape;
import dev.drover.testbed.Testbed;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** What one test puts on the testbed beside virtual machines, ended in reverse order with it. */
final class Stage implements AutoCloseable {
    private final Testbed testbed;
    private final List<AutoCloseable> open = new ArrayList<>();

    private Stage(Testbed testbed) {
        this.testbed = testbed;
    }

    /** An empty testbed with node-1 to node-n; the first half of them is in zone a, the others in zone b. */
    static Stage withNodes(Testbed testbed, int count) {
        return withNodes(
                testbed,
                IntStream.rangeClosed(1, count)
                        .mapToObj(i -> NodeShape.plain("node-" + i).zone(2 * i <= count ? "a" : "b"))
                        .toArray(NodeShape[]::new));
    }

    /** An empty testbed with these nodes. */
    static Stage withNodes(Testbed testbed, NodeShape... nodes) {
        testbed.reset();
        testbed.addNodes(nodes);
        return new Stage(testbed);
    }

    /** Starts an operator that does everything in seconds. */
    OperatorProcess operator() {
        return keep(OperatorProcess.on(testbed).start());
    }

    Eyes eyes() {
        return keep(Eyes.open(testbed));
    }

    Migrations migrations() {
        return keep(Migrations.record(testbed));
    }

    /** Ends with the stage. */
    <T extends AutoCloseable> T keep(T one) {
        open.add(one);
        return one;
    }

    @Override
    public void close() throws Exception {
        for (AutoCloseable one : open.reversed()) {
            one.close();
        }
    }
}
