package dev.drover.demo;

import dev.drover.system.OperatorProcess;
import dev.drover.testbed.NodeShape;
import dev.drover.testbed.Testbed;
import dev.drover.testbed.TestbedOptions;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The control plane and the operator. Both end with the stage, in whatever state it is; closing it twice does no harm. */
final class Stage implements AutoCloseable {

    static final Path MANIFESTS = Path.of("manifests/demo");
    static final int NODES = 6;
    static final int CORES = 8;

    private @Nullable Testbed testbed;
    private @Nullable OperatorProcess operator;
    private boolean closed;

    void startControlPlane() {
        keep(Testbed.start(TestbedOptions.defaults()));
    }

    void addNodes() {
        testbed().addNodes(IntStream.rangeClosed(1, NODES).mapToObj(Stage::node).toArray(NodeShape[]::new));
    }

    /** Four nodes with fast disks and two without, in three zones. */
    private static NodeShape node(int number) {
        return NodeShape.plain("node-" + number)
                .cpu(CORES)
                .memory("32Gi")
                .zone("zone-" + (char) ('a' + (number - 1) % 3))
                .label("disk", number <= 4 ? "ssd" : "hdd");
    }

    /** Starts the operator; it comes up while other things are done. */
    synchronized void startOperator() {
        requireOpen();
        operator = OperatorProcess.on(testbed()).with("copy-image", "drover").launch();
    }

    /** Returns when virtual machines that start pass through the operator. */
    void awaitOperator() {
        operator().awaitReady().awaitLeading();
    }

    /** @throws IllegalStateException when the operator has ended by itself */
    void requireOperator() {
        if (!operator().alive()) {
            throw new IllegalStateException("The operator ended by itself. Read its log.");
        }
    }

    /** Says that a node is off, as whoever has switched it off does. */
    void fence(String node) {
        client().nodes()
                .withName(node)
                .patch(
                        PatchContext.of(PatchType.STRATEGIC_MERGE),
                        """
                        {"spec": {"taints": [{"key": "node.kubernetes.io/out-of-service", "value": "off", "effect": "NoExecute"}]}}""");
    }

    void apply(String file) {
        testbed().apply(MANIFESTS.resolve(file));
    }

    /** @param file that holds one object of the kind */
    <T extends HasMetadata> T read(String file, Class<T> kind) {
        return client().resources(kind).load(open(file)).item();
    }

    private static InputStream open(String file) {
        try {
            return Files.newInputStream(MANIFESTS.resolve(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    KubernetesClient client() {
        return testbed().client();
    }

    synchronized Testbed testbed() {
        if (testbed == null) {
            throw new IllegalStateException("There is no control plane yet. Start it first.");
        }
        return testbed;
    }

    synchronized OperatorProcess operator() {
        if (operator == null) {
            throw new IllegalStateException("There is no operator yet. Start it first.");
        }
        return operator;
    }

    /** Where the operator writes its log, from the project's folder. */
    Path operatorLog() {
        return Path.of("").toAbsolutePath().relativize(operator().log());
    }

    synchronized boolean hasOperator() {
        return operator != null;
    }

    synchronized boolean closed() {
        return closed;
    }

    private synchronized void keep(Testbed started) {
        if (closed) {
            started.close();
        }
        requireOpen();
        testbed = started;
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException("The demo was interrupted.");
        }
    }

    /** The operator ends first: it takes its webhook away from the control plane. */
    @Override
    public void close() {
        OperatorProcess running;
        Testbed plane;
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
            running = operator;
            plane = testbed;
        }
        try {
            if (running != null) {
                running.close();
            }
        } finally {
            if (plane != null) {
                plane.close();
            }
        }
    }
}
