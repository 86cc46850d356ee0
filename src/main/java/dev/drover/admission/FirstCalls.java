package dev.drover.admission;

import dev.drover.observe.Observer;
import io.quarkus.vertx.http.HttpsServerStart;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.PemTrustOptions;
import jakarta.enterprise.event.ObservesAsync;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Calls the webhook of this process before the API server does, as soon as the caches show the cluster. The first call of a fresh process
 * can take longer than the API server waits, above all the first handshake; the virtual machines that start first would then go without
 * Drover. So a replica is not ready before these calls were answered.
 *
 * <p>Safe for threads. The calls are made on an event loop of Vert.x, which never waits.
 */
@Singleton
public final class FirstCalls {
    private static final Logger LOG = Logger.getLogger(FirstCalls.class);

    /** The first one loads the classes and takes seconds; after so many the code is warm, and a call takes a fraction of one. */
    private static final int CALLS = 20;

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(200);
    private static final Duration TRY_AGAIN = Duration.ofSeconds(1);
    private static final int OK = 200;

    /** A dry run on the pod of an instance that does not exist: nothing follows from it. */
    private static final String REVIEW =
            """
            {"apiVersion": "admission.k8s.io/v1", "kind": "AdmissionReview", "request": {"uid": "first-call", "dryRun": true,
             "operation": "CREATE", "namespace": "default", "object": {"apiVersion": "v1", "kind": "Pod",
             "metadata": {"name": "first-call", "labels": {"kubevirt.io": "virt-launcher"}, "ownerReferences": [
              {"apiVersion": "kubevirt.io/v1", "kind": "VirtualMachineInstance", "name": "first-call", "uid": "first-call",
               "controller": true}]},
             "spec": {"containers": [{"name": "compute", "resources": {"requests": {"cpu": "1", "memory": "1Gi"}}}]}}}}
            """;

    private final Vertx vertx;
    private final Observer observer;
    private final InstantSource clock;
    private final @Nullable String certificate;
    private final AtomicInteger unanswered;

    FirstCalls(
            Vertx vertx,
            Observer observer,
            InstantSource clock,
            @ConfigProperty(name = "quarkus.tls.webhook.key-store.pem.0.cert") Optional<String> certificate) {
        this.vertx = vertx;
        this.observer = observer;
        this.clock = clock;
        this.certificate = certificate.orElse(null);
        this.unanswered = new AtomicInteger(certificate.isPresent() ? CALLS : 0);
    }

    /** Whether the webhook answers as it should; true from the start when there is none. */
    public boolean answered() {
        return unanswered.get() == 0;
    }

    void begin(@ObservesAsync HttpsServerStart started) {
        if (certificate != null) {
            begin(started.options(), certificate);
        }
    }

    /** @param path of the webhook's certificate, which is the one that is trusted here: it names the Service, not this machine */
    void begin(HttpServerOptions server, String path) {
        HttpClient client = vertx.createHttpClient(new HttpClientOptions()
                .setSsl(true)
                .setUseAlpn(true)
                .setProtocolVersion(HttpVersion.HTTP_2)
                .setTrustOptions(new PemTrustOptions().addCertPath(path))
                .setVerifyHost(false)
                .setDefaultHost(reachable(server.getHost()))
                .setDefaultPort(server.getPort()));
        begin(client);
    }

    private static String reachable(String host) {
        return switch (host) {
            case "0.0.0.0" -> "127.0.0.1";
            case "::", "[::]" -> "::1";
            default -> host;
        };
    }

    private void begin(HttpClient client) {
        if (observer.ready()) {
            call(client);
        } else {
            vertx.setTimer(LOOK_AGAIN.toMillis(), timer -> begin(client));
        }
    }

    private void call(HttpClient client) {
        Instant begun = clock.instant();
        client.request(new RequestOptions()
                        .setMethod(HttpMethod.POST)
                        .setURI(WebhookRegistration.PATH)
                        .setTimeout(PATIENCE.toMillis())
                        .putHeader("Content-Type", "application/json"))
                .compose(FirstCalls::send)
                .onComplete(answer -> answered(client, answer, Duration.between(begun, clock.instant())));
    }

    private static Future<Integer> send(HttpClientRequest request) {
        return request.send(REVIEW)
                .compose(response -> response.body().map(body -> response))
                .map(HttpClientResponse::statusCode);
    }

    private void answered(HttpClient client, AsyncResult<Integer> answer, Duration took) {
        if (answer.failed() || answer.result() != OK) {
            LOG.warnf(
                    "The webhook does not answer its own first call yet (%s); it is called again.",
                    answer.failed() ? answer.cause().toString() : "status " + answer.result());
            vertx.setTimer(TRY_AGAIN.toMillis(), timer -> call(client));
            return;
        }
        boolean first = unanswered.getAndDecrement() == CALLS;
        if (first || answered()) {
            LOG.infof(
                    "The webhook answered its %s in %d ms.",
                    first ? "first call" : "last call to itself", took.toMillis());
        }
        if (answered()) {
            client.close();
        } else {
            call(client);
        }
    }
}
