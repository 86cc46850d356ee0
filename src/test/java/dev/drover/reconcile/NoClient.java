package dev.drover.reconcile;

import io.fabric8.kubernetes.client.KubernetesClient;
import java.lang.reflect.Proxy;

/** For classes whose every call to the API server is overridden. */
final class NoClient {
    static final KubernetesClient CLIENT = (KubernetesClient) Proxy.newProxyInstance(
            NoClient.class.getClassLoader(), new Class<?>[] {KubernetesClient.class}, (proxy, method, arguments) -> {
                throw new AssertionError("Nothing may call the API server here (" + method.getName() + ").");
            });

    private NoClient() {}
}
