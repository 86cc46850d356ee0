package dev.drover.system;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.drover.testbed.Testbed;
import io.fabric8.kubernetes.client.internal.SSLUtils;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Pattern;

/**
 * Stands between an operator and the API server, as the administrator, and lets a test do something at an exact point: right before a
 * chosen request is carried out, or right after it and before the answer is passed on.
 */
public final class ApiCutter implements AutoCloseable {
    private static final int OK = 200;

    /** Of one connection only, or set by the client itself. */
    private static final Set<String> NOT_PASSED_ON = Set.of(
            "host",
            "connection",
            "upgrade",
            "content-length",
            "transfer-encoding",
            "expect",
            "http2-settings",
            "keep-alive");

    private final URI server;
    private final Path kubeconfig;
    private final HttpServer front;
    private final HttpClient back;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final List<Hook> hooks = new CopyOnWriteArrayList<>();

    private volatile CountDownLatch answering = new CountDownLatch(0);

    private enum When {
        BEFORE,
        AFTER
    }

    /** What happens once, at the first request that fits. */
    private record Hook(When when, String method, Pattern path, Runnable action) {}

    private ApiCutter(Testbed testbed) throws IOException, GeneralSecurityException {
        server = testbed.server();
        back = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .sslContext(SSLUtils.sslContext(testbed.client().getConfiguration()))
                .build();
        front = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        front.setExecutor(threads);
        front.createContext("/", this::pass);
        front.start();
        kubeconfig = Files.writeString(
                testbed.folder().resolve("cutter.kubeconfig"),
                """
                apiVersion: v1
                kind: Config
                current-context: cutter
                clusters: [{name: cutter, cluster: {server: "http://127.0.0.1:%d"}}]
                contexts: [{name: cutter, context: {cluster: cutter, user: nobody}}]
                users: [{name: nobody, user: {}}]
                """
                        .formatted(front.getAddress().getPort()));
    }

    public static ApiCutter before(Testbed testbed) {
        try {
            return new ApiCutter(testbed);
        } catch (IOException | GeneralSecurityException failed) {
            throw new IllegalStateException("Nothing can stand before the API server.", failed);
        }
    }

    /** For whoever is to speak through it. */
    public Path kubeconfig() {
        return kubeconfig;
    }

    /** Acts once, at the first such request, before the API server gets it. */
    public void before(String method, String path, Runnable action) {
        hooks.add(new Hook(When.BEFORE, method, Pattern.compile(path), action));
    }

    /** Acts once, when the first such request was carried out and before the client learns of it. */
    public void after(String method, String path, Runnable action) {
        hooks.add(new Hook(When.AFTER, method, Pattern.compile(path), action));
    }

    /** From now on requests wait and none is answered, as when the API server hangs. */
    public void hang() {
        answering = new CountDownLatch(1);
    }

    /** Carries out what waits, if its client still does, and all that comes. */
    public void goOn() {
        answering.countDown();
    }

    private void pass(HttpExchange exchange) throws IOException {
        try (exchange) {
            if (exchange.getRequestHeaders().containsKey("Upgrade")) {
                // Clients watch by WebSocket first, and by a plain request where it is answered like one.
                exchange.sendResponseHeaders(OK, -1);
                return;
            }
            answering.await();
            run(When.BEFORE, exchange);
            HttpResponse<InputStream> answer = back.send(request(exchange), HttpResponse.BodyHandlers.ofInputStream());
            if (answer.statusCode() / 100 == 2) {
                run(When.AFTER, exchange);
            }
            answer(exchange, answer);
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
        }
    }

    private void run(When when, HttpExchange exchange) {
        for (Iterator<Hook> all = hooks.iterator(); all.hasNext(); ) {
            Hook hook = all.next();
            if (hook.when() == when
                    && hook.method().equals(exchange.getRequestMethod())
                    && hook.path().matcher(exchange.getRequestURI().toString()).find()
                    && hooks.remove(hook)) {
                hook.action().run();
            }
        }
    }

    private HttpRequest request(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        server.resolve(exchange.getRequestURI().toString()))
                .method(
                        exchange.getRequestMethod(),
                        body.length == 0
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofByteArray(body));
        exchange.getRequestHeaders().forEach((name, values) -> {
            if (!NOT_PASSED_ON.contains(name.toLowerCase(Locale.ROOT))) {
                values.forEach(value -> request.header(name, value));
            }
        });
        return request.build();
    }

    /** Passes on what has come so far, again and again: a watch never ends. */
    private static void answer(HttpExchange exchange, HttpResponse<InputStream> answer) throws IOException {
        Headers headers = exchange.getResponseHeaders();
        answer.headers().map().forEach((name, values) -> {
            if (!name.startsWith(":") && !NOT_PASSED_ON.contains(name.toLowerCase(Locale.ROOT))) {
                headers.put(name, values);
            }
        });
        try (InputStream from = answer.body()) {
            exchange.sendResponseHeaders(answer.statusCode(), 0);
            OutputStream to = exchange.getResponseBody();
            byte[] buffer = new byte[1 << 16];
            for (int read = from.read(buffer); read >= 0; read = from.read(buffer)) {
                to.write(buffer, 0, read);
                to.flush();
            }
        }
    }

    @Override
    public void close() {
        front.stop(0);
        threads.shutdownNow();
        back.shutdownNow();
        try {
            Files.deleteIfExists(kubeconfig);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
