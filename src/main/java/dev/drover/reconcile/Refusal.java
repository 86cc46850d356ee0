package dev.drover.reconcile;

import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;

/** What a refusal of the API server is about: one object, or everything. */
final class Refusal {
    private static final int UNPROCESSABLE = 422;

    private Refusal() {}

    /**
     * Whether the API server works and does not take this one object: its namespace is going, a quota of its namespace is used up, it
     * changed or was deleted meanwhile. Others may well be written. Anything else says that nothing can be known at the moment.
     */
    static boolean isOfOneObject(KubernetesClientException error) {
        return switch (error.getCode()) {
            case HttpURLConnection.HTTP_BAD_REQUEST,
                    HttpURLConnection.HTTP_FORBIDDEN,
                    HttpURLConnection.HTTP_NOT_FOUND,
                    HttpURLConnection.HTTP_CONFLICT,
                    UNPROCESSABLE -> true;
            default -> false;
        };
    }
}
