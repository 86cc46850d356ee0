package dev.drover.install;

import dev.drover.testbed.Testbed;
import io.fabric8.kubernetes.api.model.authentication.TokenRequestBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Access to the cluster with the token of a service account, which is all that a pod has. */
final class ServiceAccountAccess {

    private static final long VALID_SECONDS = 3600;

    private ServiceAccountAccess() {}

    /** Writes a kubeconfig for a service account of Drover's namespace. */
    static Path kubeconfig(Testbed testbed, String serviceAccount, Path folder) {
        String token = testbed.client()
                .serviceAccounts()
                .inNamespace(Chart.NAMESPACE)
                .withName(serviceAccount)
                .tokenRequest(new TokenRequestBuilder()
                        .withNewSpec()
                        .withExpirationSeconds(VALID_SECONDS)
                        .endSpec()
                        .build())
                .getStatus()
                .getToken();
        String text =
                """
                apiVersion: v1
                kind: Config
                current-context: pod
                clusters: [{name: bed, cluster: {server: "%s", certificate-authority: "%s"}}]
                contexts: [{name: pod, context: {cluster: bed, user: pod}}]
                users: [{name: pod, user: {token: "%s"}}]
                """
                        .formatted(testbed.server(), testbed.authority(), token);
        try {
            return Files.writeString(folder.resolve(serviceAccount + ".kubeconfig"), text);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
