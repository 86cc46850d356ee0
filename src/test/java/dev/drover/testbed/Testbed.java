package dev.drover.testbed;

import com.fasterxml.jackson.databind.JsonNode;
import dev.drover.testbed.player.Player;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A control plane of one's own on loopback: real Kubernetes and KubeVirt, with the node side played. It ends with {@link #close} or
 * with the process that started it, however that ends.
 *
 * <p>Methods may be called from any thread, but {@link #reset} and {@link #close} not while others are at work.
 */
public final class Testbed implements AutoCloseable {

    private final Layout layout;
    private final Identities identities;
    private final Pki pki;
    private final RawApi api;
    private final KubernetesClient client;
    private final Nodes nodes;
    private final @Nullable Launch launch;
    private @Nullable Player player;
    private @Nullable Inventory inventory;

    private Testbed(Layout layout, Identities identities, Pki pki, @Nullable Launch launch) {
        this.layout = layout;
        this.identities = identities;
        this.pki = pki;
        this.launch = launch;
        this.api = identities.api(Identities.ADMIN);
        this.client = identities.client(Identities.ADMIN);
        this.nodes = new Nodes(client, InstantSource.system());
    }

    /**
     * Starts a control plane and returns when VMs can be created on it. Builds its programs when they are not in the cache, which
     * takes minutes and is reported on standard error; otherwise it takes seconds.
     *
     * @throws IllegalStateException if a program cannot be built or does not come up; nothing is left running
     */
    public static Testbed start(TestbedOptions options) {
        Launch launch = new Launch(options, InstantSource.system());
        ControlPlane plane = launch.plane();
        Player player = options.kubeVirt() ? launch.startKubeVirt() : null;
        plane.awaitControllers();
        Testbed testbed = new Testbed(plane.layout(), plane.identities(), plane.pki(), launch);
        testbed.player = player;
        testbed.inventory = Inventory.take(testbed.api);
        return testbed;
    }

    /**
     * Joins the control plane that another process runs in {@code folder}. Closing it leaves that running; it cannot be reset, and
     * its player answers only where it was started.
     */
    public static Testbed attach(Path folder) {
        if (!Files.exists(folder.resolve("admin.kubeconfig")) || !RunFolders.owned(folder)) {
            throw new IllegalStateException(
                    "No control plane is running in (" + folder.toAbsolutePath() + "). Start one with: make bed-up.");
        }
        Path project = Layout.findProject();
        Layout layout = new Layout(project, project.resolve("testbed/.cache"), folder.toAbsolutePath());
        Pki pki = Pki.open(layout.pki(""), InstantSource.system());
        return new Testbed(layout, new Identities(layout, pki, Identities.server(layout)), pki, null);
    }

    /** A client of the cluster's administrator. It is closed with the testbed. */
    public KubernetesClient client() {
        return client;
    }

    /** The address of the API server. */
    public URI server() {
        return Identities.server(layout);
    }

    /** The administrator's kubeconfig file. */
    public Path kubeconfig() {
        return kubeconfig(Identities.ADMIN);
    }

    /** The kubeconfig of one of the identities: admin, kubevirt-controller, kubevirt-apiserver, scheduler and so on. */
    public Path kubeconfig(String identity) {
        Path file = layout.kubeconfig(identity);
        if (!Files.exists(file)) {
            throw new IllegalArgumentException("There is no identity (" + identity
                    + "). Use admin or kubevirt-controller, or issue one with kubeconfigFor.");
        }
        return file;
    }

    /**
     * Issues a client certificate for a user who may do what its roles say, and returns its kubeconfig: for a service account the
     * user is {@code system:serviceaccount:NAMESPACE:NAME}.
     *
     * @param name of the files; an earlier identity of that name is replaced
     */
    public Path kubeconfigFor(String name, String user, String... groups) {
        return identities.issue(name, user, groups);
    }

    /** A client of a user that is made for it, see {@link #kubeconfigFor}. The caller closes it. */
    public KubernetesClient clientFor(String name, String user, String... groups) {
        identities.issue(name, user, groups);
        return identities.client(name);
    }

    /** Issues a certificate for a server on 127.0.0.1 that answers to the given names, signed by the control plane's authority. */
    public Pki.Certificate serverCertificate(String name, String... dnsNames) {
        return pki.server(name, name, dnsNames);
    }

    /** The certificate authority of this control plane, a PEM file. */
    public Path authority() {
        return layout.pki("ca.crt");
    }

    /** A port of loopback that nobody uses now, for a program beside the testbed. */
    public static int freePort() {
        return Ports.anyFree();
    }

    /** Where the certificates and the programs' logs are. */
    public Path folder() {
        return layout.folder();
    }

    /** What service accounts have asked of the API server: one event of audit.k8s.io/v1 a line, written before the answer. */
    public Path auditLog() {
        return layout.auditLog();
    }

    /** The player of the node side: its faults, demands and counters. */
    public Player player() {
        if (player == null) {
            throw new IllegalStateException("Nobody plays the node side of (" + layout.folder()
                    + ") in this process: it was joined, or started without KubeVirt.");
        }
        return player;
    }

    /** Installs and starts KubeVirt where it is missing, see {@link TestbedOptions#withoutKubeVirt}. */
    public void installKubeVirt() {
        if (launch == null || player != null) {
            throw new IllegalStateException("KubeVirt cannot be installed in (" + layout.folder()
                    + "): it is there, or another process runs this control plane.");
        }
        player = launch.installKubeVirt();
        inventory = Inventory.take(api);
    }

    /** Adds nodes and returns when pods can be scheduled on all of them. */
    public void addNodes(NodeShape... shapes) {
        nodes.add(shapes);
    }

    /** Deletes all nodes and returns when they are gone. Kubernetes then deletes their pods. */
    public void removeNodes() {
        nodes.remove();
    }

    /** Keeps new pods away from a node, as {@code kubectl cordon} does. */
    public void cordon(String name) {
        nodes.setUnschedulable(name, true);
    }

    /** Lets new pods onto a cordoned node again. */
    public void uncordon(String name) {
        nodes.setUnschedulable(name, false);
    }

    /** Writes an annotation of a node, as {@code kubectl annotate --overwrite node} does. */
    public void annotateNode(String name, String key, String value) {
        nodes.annotate(name, key, value);
    }

    /** Lets a node die as a machine does; it is NotReady about 50 s later, and its pods are not ended by anyone. */
    public void killNode(String name) {
        nodes.kill(name);
        if (player != null) {
            player.killNode(name);
        }
    }

    /** Brings a killed node back. */
    public void reviveNode(String name) {
        nodes.revive(name);
        if (player != null) {
            player.reviveNode(name);
        }
    }

    /**
     * Kills one of the control plane's programs (kube-apiserver, virt-controller, ...; the names are those of the logs). It stays
     * away until {@link #startProgram}.
     */
    public void killProgram(String name) {
        programs().kill(name);
    }

    /** Starts a killed program again, and returns when its process runs, which is before it answers. */
    public void startProgram(String name) {
        programs().startAgain(name);
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
     * to do it in order, and checks that nothing is left. Restores what KubeVirt's configuration was, and the player forgets demands
     * and faults. Definitions of custom resources stay. Whoever writes must have stopped.
     *
     * @throws IllegalStateException if something cannot be deleted, naming it
     */
    public void reset() {
        if (inventory == null) {
            throw new IllegalStateException("The control plane in (" + layout.folder()
                    + ") belongs to another process, so nobody here knows what was there at its start.");
        }
        if (player != null) {
            player.reset();
        }
        inventory.restore();
    }

    @Override
    public void close() {
        client.close();
        api.close();
        if (launch != null) {
            launch.close();
        }
    }

    private Programs programs() {
        if (launch == null) {
            throw new IllegalStateException(
                    "The programs in (" + layout.folder() + ") belong to another process. Only that one may end them.");
        }
        return launch.plane().programs();
    }

    private void apply(List<JsonNode> objects) {
        new Applier(api).apply(objects);
    }
}
