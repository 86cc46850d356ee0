package dev.drover.observe;

import dev.drover.config.Settings;
import dev.drover.testbed.Testbed;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.http.BasicBuilder;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.Interceptor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Counts the requests of an observer; a watch counts once, when it is opened. */
final class RequestCounter implements AutoCloseable {

    private final AtomicLong requests = new AtomicLong();
    private final List<KubernetesClient> clients = new ArrayList<>();
    private final Testbed testbed;

    private RequestCounter(Testbed testbed) {
        this.testbed = testbed;
    }

    static RequestCounter of(Testbed testbed) {
        return new RequestCounter(testbed);
    }

    /** An observer all of whose requests are counted. */
    Scene scene(Settings settings) {
        return Scene.started(client(), client(), settings);
    }

    private KubernetesClient client() {
        KubernetesClient client = new KubernetesClientBuilder()
                .withConfig(testbed.client().getConfiguration())
                .withHttpClientBuilderConsumer(builder -> builder.addOrReplaceInterceptor("count", new Interceptor() {
                    @Override
                    public void before(BasicBuilder ignored, HttpRequest request, RequestTags tags) {
                        requests.incrementAndGet();
                    }
                }))
                .build();
        clients.add(client);
        return client;
    }

    /** Requests a second, counted over this time. */
    double perSecondDuring(Duration time) {
        long before = requests.get();
        try {
            new CountDownLatch(1).await(time.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        return (requests.get() - before) / (double) time.toSeconds();
    }

    @Override
    public void close() {
        clients.forEach(KubernetesClient::close);
    }
}
