package dev.drover.testbed;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;

/**
 * A control plane of one's own on loopback: real Kubernetes and KubeVirt, with the node side played. It ends with {@link #close} or
 * with the process that started it, however that ends.
 *
 * <p>Methods may be called from any thread, but {@link #reset} and {@link #close} not while others are at work.
 */
public final class Testbed implements AutoCloseable {

    private final Layout layout;
    private final RawApi api;
    private final KubernetesClient client;
    private final Nodes nodes;
    private final List<AutoCloseable> owned;
    private final Inventory inventory;

    Testbed(Layout layout, RawApi api, InstantSource clock, List<AutoCloseable> owned) {
        this.layout = layout;
        this.api = api;
        this.client = new KubernetesClientBuilder()
                .withConfig(Config.fromKubeconfig(layout.kubeconfig("admin").toFile()))
                .build();
        this.nodes = new Nodes(client, clock);
        this.owned = owned;
        this.inventory = Inventory.take(api);
    }

    /**
     * Starts a control plane and returns when VMs can be created on it. Builds its programs when they are not in the cache, which
     * takes minutes and is reported on standard error; otherwise it takes seconds.
     *
     * @throws IllegalStateException if a program cannot be built or does not come up; nothing is left running
     */
    public static Testbed start(TestbedOptions options) {
        return new Launch(options, InstantSource.system()).testbed();
    }

    /** A client of the cluster's administrator. It is closed with the testbed. */
    public KubernetesClient client() {
        return client;
    }

    /** The administrator's kubeconfig file. */
    public Path kubeconfig() {
        return kubeconfig("admin");
    }

    /** The kubeconfig of one of the identities: admin, kubevirt-controller, kubevirt-apiserver, scheduler and so on. */
    public Path kubeconfig(String identity) {
        return layout.kubeconfig(identity);
    }

    /** Where the certificates and the programs' logs are. */
    public Path folder() {
        return layout.folder();
    }

    /** Adds nodes and returns when pods can be scheduled on all of them. */
    public void addNodes(NodeShape... shapes) {
        nodes.add(shapes);
    }

    /** Deletes all nodes and returns when they are gone. Kubernetes then deletes their pods. */
    public void removeNodes() {
        nodes.remove();
    }

    /** Lets a node die as a machine does; it is NotReady about 50 s later, and its pods are not ended by anyone. */
    public void killNode(String name) {
        nodes.kill(name);
    }

    public void reviveNode(String name) {
        nodes.revive(name);
    }

    /** Applies all objects of a YAML file by server-side apply as "testbed". */
    public void apply(Path yaml) {
        apply(Yaml.read(yaml));
    }

    /** Applies all objects of a YAML text by server-side apply as "testbed". */
    public void apply(String yaml) {
        apply(Yaml.read(yaml));
    }

    /**
     * Empties the control plane: deletes every object of every kind that was not there at the start, by force where nobody is left
     * to do it in order, and checks that nothing is left. Definitions of custom resources stay. Whoever writes must have stopped.
     *
     * @throws IllegalStateException if something cannot be deleted, naming it
     */
    public void reset() {
        inventory.restore();
    }

    @Override
    public void close() {
        client.close();
        api.close();
        Launch.closeAll(owned);
    }

    private void apply(List<JsonNode> objects) {
        new Applier(api).apply(objects);
    }
}
