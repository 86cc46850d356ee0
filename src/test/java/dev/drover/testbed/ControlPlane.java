package dev.drover.testbed;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** How the programs of a control plane are started, each with its flags; see testbed/README.md for the reasons of the unusual ones. */
final class ControlPlane implements AutoCloseable {

    private static final String KUBEVIRT_ACCOUNT = "system:serviceaccount:kubevirt:";
    private static final Duration LIMIT = Duration.ofSeconds(120);
    private static final Map<String, String> IN_KUBEVIRT_NAMESPACE = Map.of("POD_NAMESPACE", "kubevirt");

    private final Layout layout;
    private final Ports ports;
    private final Programs programs;
    private final Pki pki;
    private final Identities identities;
    private final RawApi api;

    /** Reserves the ports and makes the certificates; nothing runs yet but the keeper. */
    ControlPlane(Layout layout, InstantSource clock) {
        this.layout = layout;
        this.pki = Pki.create(layout.folder().resolve("pki"), clock);
        this.ports = Ports.reserve();
        this.identities = new Identities(layout, pki, URI.create("https://127.0.0.1:" + ports.apiServer()));
        issueCertificates();
        this.api = identities.api(Identities.ADMIN);
        this.programs = new Programs(layout);
    }

    private void issueCertificates() {
        pki.serviceAccountKeys();
        pki.server("apiserver", "kube-apiserver", "localhost", "kubernetes", "kubernetes.default.svc");
        pki.server("virt-api", "virt-api.kubevirt.svc", "virt-api.kubevirt.svc", "localhost");
        pki.client("front-proxy", "front-proxy-client");
        identities.issue(Identities.ADMIN, "admin", Identities.MASTERS);
        identities.issue("controller-manager", "system:kube-controller-manager", Identities.MASTERS);
        identities.issue("scheduler", "system:kube-scheduler");
        identities.issue("kwok", "kwok", Identities.MASTERS);
        // KubeVirt's webhooks look at the names; being masters spares us the roles of programs that are not on trial
        // here.
        Stream.of("kubevirt-apiserver", Identities.KUBEVIRT_CONTROLLER, "kubevirt-operator")
                .forEach(name -> identities.issue(name, KUBEVIRT_ACCOUNT + name, Identities.MASTERS));
    }

    RawApi api() {
        return api;
    }

    Layout layout() {
        return layout;
    }

    Programs programs() {
        return programs;
    }

    Pki pki() {
        return pki;
    }

    Identities identities() {
        return identities;
    }

    int virtApiPort() {
        return ports.virtApi();
    }

    /** Returns when pods can be created. */
    void awaitControllers() {
        // The API server refuses pods in a namespace whose account the controller-manager has not made yet.
        await("The controller-manager works", () -> api.get("/api/v1/namespaces/default/serviceaccounts/default")
                .ok());
    }

    /** Starts etcd and the API server and waits until it answers. */
    void startApiServer() {
        String client = "http://127.0.0.1:" + ports.etcd();
        String peer = "http://127.0.0.1:" + ports.etcdPeer();
        programs.start(
                "etcd",
                List.of(
                        "--data-dir=" + layout.etcdData(),
                        "--listen-client-urls=" + client,
                        "--advertise-client-urls=" + client,
                        "--listen-peer-urls=" + peer,
                        "--initial-advertise-peer-urls=" + peer,
                        "--initial-cluster=default=" + peer,
                        // The data is thrown away at the end: no need to wait for the disk.
                        "--unsafe-no-fsync",
                        "--log-level=warn"));
        programs.start("kube-apiserver", apiServerFlags(client));
        await("The API server is ready", () -> api.get("/readyz").ok());
    }

    /** Starts controller-manager, scheduler and KWOK. They connect by themselves; nothing waits for them here. */
    void startControllers() {
        programs.start(
                "kube-controller-manager",
                List.of(
                        "--kubeconfig=" + layout.kubeconfig("controller-manager"),
                        "--leader-elect=false",
                        "--service-account-private-key-file=" + layout.pki("sa.key"),
                        "--root-ca-file=" + layout.pki("ca.crt"),
                        "--use-service-account-credentials=false",
                        "--bind-address=127.0.0.1",
                        "--secure-port=" + ports.controllerManager(),
                        "--node-monitor-grace-period=50s"));
        programs.start(
                "kube-scheduler",
                List.of(
                        "--kubeconfig=" + layout.kubeconfig("scheduler"),
                        "--leader-elect=false",
                        "--bind-address=127.0.0.1",
                        "--secure-port=" + ports.scheduler()));
        List<String> kwok = new ArrayList<>(List.of(
                "--kubeconfig=" + layout.kubeconfig("kwok"),
                // Only nodes that are alive: with all nodes managed a dead one would go on ending its pods.
                "--manage-nodes-with-label-selector=" + Nodes.ALIVE_LABEL + "=true",
                "--node-lease-duration-seconds=40",
                "--node-ip=127.0.0.1",
                "--server-address=127.0.0.1:" + ports.kwok()));
        stages().forEach(stage -> kwok.add("--config=" + stage));
        programs.start("kwok", kwok);
    }

    /** Starts virt-api and virt-controller, and waits until virt-api answers: its webhooks fail closed. */
    void startKubeVirt() {
        programs.start(
                "virt-api",
                List.of(
                        "--kubeconfig=" + layout.kubeconfig("kubevirt-apiserver"),
                        "--listen=127.0.0.1",
                        "--port=" + ports.virtApi(),
                        "--tls-cert-file=" + layout.pki("virt-api.crt"),
                        "--tls-key-file=" + layout.pki("virt-api.key"),
                        "--handler-cert-file=" + layout.pki("kubevirt-apiserver.crt"),
                        "--handler-key-file=" + layout.pki("kubevirt-apiserver.key")),
                IN_KUBEVIRT_NAMESPACE);
        programs.start(
                "virt-controller",
                List.of(
                        "--kubeconfig=" + layout.kubeconfig("kubevirt-controller"),
                        "--listen=127.0.0.1",
                        "--port=" + ports.virtController(),
                        "--launcher-image=registry.local/virt-launcher:v1.9.0",
                        "--exporter-image=registry.local/virt-exportserver:v1.9.0",
                        "--prom-cert-file=" + layout.pki("virt-api.crt"),
                        "--prom-key-file=" + layout.pki("virt-api.key"),
                        // It ends itself when it cannot renew in time, which a busy two-core machine brings about.
                        "--leader-elect-lease-duration=180s",
                        "--leader-elect-renew-deadline=150s",
                        "--leader-elect-retry-period=5s"),
                IN_KUBEVIRT_NAMESPACE);
    }

    void awaitVirtApi() {
        URI virtApi = URI.create("https://127.0.0.1:" + ports.virtApi());
        // It refuses client certificates that it does not know, so this client shows its own serving certificate's.
        try (RawApi probe = new RawApi(
                virtApi, pki.ca(), new Pki.Certificate(layout.pki("front-proxy.crt"), layout.pki("front-proxy.key")))) {
            await("virt-api answers", () -> probe.get("/healthz").code() != 0);
        }
    }

    void await(String what, java.util.function.BooleanSupplier condition) {
        Waiting.until(what, LIMIT, () -> {
            programs.requireAll();
            return condition.getAsBoolean();
        });
    }

    private List<String> apiServerFlags(String etcd) {
        return List.of(
                "--etcd-servers=" + etcd,
                "--bind-address=127.0.0.1",
                "--advertise-address=127.0.0.1",
                "--secure-port=" + ports.apiServer(),
                "--endpoint-reconciler-type=none",
                "--client-ca-file=" + layout.pki("ca.crt"),
                "--tls-cert-file=" + layout.pki("apiserver.crt"),
                "--tls-private-key-file=" + layout.pki("apiserver.key"),
                "--authorization-mode=RBAC",
                "--audit-policy-file=" + layout.script("audit-policy.yaml"),
                "--audit-log-path=" + layout.auditLog(),
                "--allow-privileged",
                "--service-cluster-ip-range=10.0.0.0/24",
                "--service-account-issuer=https://localhost",
                "--service-account-key-file=" + layout.pki("sa.pub"),
                "--service-account-signing-key-file=" + layout.pki("sa.key"),
                "--requestheader-client-ca-file=" + layout.pki("ca.crt"),
                "--requestheader-allowed-names=front-proxy-client",
                "--requestheader-extra-headers-prefix=X-Remote-Extra-",
                "--requestheader-group-headers=X-Remote-Group",
                "--requestheader-username-headers=X-Remote-User",
                "--proxy-client-cert-file=" + layout.pki("front-proxy.crt"),
                "--proxy-client-key-file=" + layout.pki("front-proxy.key"));
    }

    private List<Path> stages() {
        try (Stream<Path> files = Files.list(layout.asset("kwok"))) {
            return files.sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Ends the programs; returns when they are gone and the ports are free. */
    @Override
    public void close() {
        api.close();
        programs.close();
        ports.close();
    }
}
