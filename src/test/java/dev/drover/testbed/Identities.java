package dev.drover.testbed;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;

/** Users of one control plane: each has a client certificate and a kubeconfig file. */
final class Identities {

    static final String ADMIN = "admin";

    /** KubeVirt's webhook reverts what anybody else writes into the status of an instance. */
    static final String KUBEVIRT_CONTROLLER = "kubevirt-controller";

    static final String MASTERS = "system:masters";

    private final Layout layout;
    private final Pki pki;
    private final URI server;

    Identities(Layout layout, Pki pki, URI server) {
        this.layout = layout;
        this.pki = pki;
        this.server = server;
    }

    /** Issues a certificate for {@code user} and writes the kubeconfig called {@code name}. */
    Path issue(String name, String user, String... groups) {
        Pki.Certificate certificate = pki.client(name, user, groups);
        Path file = layout.kubeconfig(name);
        String text =
                """
                apiVersion: v1
                kind: Config
                clusters:
                - name: testbed
                  cluster: {server: "%s", certificate-authority-data: %s}
                users:
                - name: %s
                  user: {client-certificate-data: %s, client-key-data: %s}
                contexts:
                - name: testbed
                  context: {cluster: testbed, user: %s}
                current-context: testbed
                """
                        .formatted(
                                server,
                                pki.caBundle(),
                                name,
                                Pki.base64(certificate.certificate()),
                                Pki.base64(certificate.key()),
                                name);
        try {
            return Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write (" + file + ")", e);
        }
    }

    /** A client of one of the users that have been issued. */
    KubernetesClient client(String name) {
        return new KubernetesClientBuilder()
                .withConfig(Config.fromKubeconfig(layout.kubeconfig(name).toFile()))
                .build();
    }

    /** The API server's address, from the administrator's kubeconfig. */
    static URI server(Layout layout) {
        return URI.create(
                Config.fromKubeconfig(layout.kubeconfig(ADMIN).toFile()).getMasterUrl());
    }

    /** The API server spoken to as one of the users that have been issued. */
    RawApi api(String name) {
        return new RawApi(server, pki.ca(), new Pki.Certificate(layout.pki(name + ".crt"), layout.pki(name + ".key")));
    }
}
