package dev.drover.admission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.drover.observe.Snapshot;
import dev.drover.observe.StillObserver;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.PemKeyCertOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A replica that serves a Service's certificate calls itself. */
class FirstCallsTest {
    private final Vertx vertx = Vertx.vertx();
    private final Shown shown = new Shown();
    private final List<String> bodies = new CopyOnWriteArrayList<>();
    private final List<HttpVersion> versions = new CopyOnWriteArrayList<>();
    private final AtomicInteger refusals = new AtomicInteger();

    @TempDir
    private Path folder;

    private WebhookCertificates.Stored stored;
    private FirstCalls calls;

    @BeforeEach
    void certify() throws Exception {
        stored = WebhookCertificates.create(
                        List.of("drover.drover-system.svc"),
                        InstantSource.system().instant(),
                        Duration.ofHours(1),
                        new SecureRandom())
                .writeTo(Files.createDirectories(folder.resolve("webhook")));
        calls = new FirstCalls(
                vertx,
                shown,
                InstantSource.system(),
                Optional.of(stored.certificate().toString()));
    }

    @AfterEach
    void close() throws Exception {
        vertx.close().toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
    }

    @Test
    void it_is_ready_when_dry_runs_of_a_launcher_have_been_answered() throws Exception {
        begin(serve());

        await().atMost(Duration.ofSeconds(60)).until(calls::answered);

        assertThat(bodies).hasSizeGreaterThan(1).allSatisfy(body -> assertThat(body)
                .contains("\"dryRun\": true", "virt-launcher"));
        assertThat(versions).as("as the API server calls").containsOnly(HttpVersion.HTTP_2);
    }

    @Test
    void it_waits_for_the_caches() throws Exception {
        shown.ready.set(false);
        begin(serve());
        assertThat(calls.answered()).isFalse();
        assertThat(bodies).isEmpty();

        shown.ready.set(true);
        await().atMost(Duration.ofSeconds(60)).until(calls::answered);

        assertThat(bodies).isNotEmpty();
    }

    @Test
    void a_refusal_is_no_answer() throws Exception {
        refusals.set(1);
        begin(serve());

        await().atMost(Duration.ofSeconds(60)).until(calls::answered);

        assertThat(refusals).hasValue(-bodies.size() + 1);
    }

    @Test
    void without_a_webhook_nothing_is_waited_for() {
        assertThat(new FirstCalls(vertx, shown, InstantSource.system(), Optional.empty()).answered())
                .isTrue();
    }

    private void begin(HttpServer server) {
        calls.begin(
                new HttpServerOptions().setHost("0.0.0.0").setPort(server.actualPort()),
                stored.certificate().toString());
    }

    private HttpServer serve() throws Exception {
        return vertx.createHttpServer(new HttpServerOptions()
                        .setHost("127.0.0.1")
                        .setPort(0)
                        .setSsl(true)
                        .setUseAlpn(true)
                        .setKeyCertOptions(new PemKeyCertOptions()
                                .setCertPath(stored.certificate().toString())
                                .setKeyPath(stored.key().toString())))
                .requestHandler(request -> request.body().onSuccess(body -> {
                    bodies.add(body.toString());
                    versions.add(request.version());
                    request.response()
                            .setStatusCode(refusals.getAndDecrement() > 0 ? 503 : 200)
                            .end();
                }))
                .listen()
                .toCompletionStage()
                .toCompletableFuture()
                .get(30, TimeUnit.SECONDS);
    }

    private static final class Shown extends StillObserver {
        final AtomicBoolean ready = new AtomicBoolean(true);

        @Override
        public Snapshot snapshot() {
            throw new AssertionError("Nothing is decided here.");
        }

        @Override
        public boolean ready() {
            return ready.get();
        }
    }
}
