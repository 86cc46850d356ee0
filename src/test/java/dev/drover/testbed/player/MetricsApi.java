package dev.drover.testbed.player;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Serves metrics.k8s.io/v1beta1 on a loopback port to kube-apiserver, which checks who may read it. */
final class MetricsApi implements AutoCloseable {

    private static final String ROOT = "/apis/" + MetricsJson.GROUP_VERSION;
    private static final int OK = 200;
    private static final int NOT_FOUND = 404;
    private static final int UNAVAILABLE = 503;

    private final HttpsServer server;
    /** As many as there are connections: one that is silent, and kube-apiserver dials some to have them ready, keeps its thread. */
    private final ExecutorService threads = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("player-metrics-", 0).factory());

    private final Supplier<Usage> current;
    private final Map<VmId, MetricsMode> ofVm = new ConcurrentHashMap<>();
    private volatile MetricsMode mode = MetricsMode.NORMAL;
    private volatile Usage frozen;

    MetricsApi(ServingCertificate certificate, Supplier<Usage> current) {
        this.current = current;
        this.frozen = current.get();
        try {
            server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException("No loopback port is free for metrics.k8s.io.", e);
        }
        server.setHttpsConfigurator(new HttpsConfigurator(certificate.context()));
        server.createContext("/", this::answer);
        server.setExecutor(threads);
        server.start();
    }

    int port() {
        return server.getAddress().getPort();
    }

    void mode(MetricsMode now) {
        frozen = current.get();
        mode = now;
    }

    void mode(VmId vm, MetricsMode now) {
        ofVm.put(vm, now);
    }

    void reset() {
        ofVm.clear();
        mode(MetricsMode.NORMAL);
    }

    private record Answer(int code, Map<String, Object> body) {}

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            var query = exchange.getRequestURI().getRawQuery();
            var answer = answer(exchange.getRequestURI().getPath(), selector(query == null ? "" : query));
            var body = Serialization.asJson(answer.body()).getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(answer.code(), body.length);
            exchange.getResponseBody().write(body);
        }
    }

    private Answer answer(String path, LabelQuery query) {
        if (mode == MetricsMode.UNAVAILABLE || mode == MetricsMode.NOT_INSTALLED) {
            return new Answer(
                    UNAVAILABLE,
                    MetricsJson.failure(UNAVAILABLE, "ServiceUnavailable", "the metrics are switched off"));
        }
        var usage = mode == MetricsMode.STALE ? frozen : current.get();
        var parts =
                List.of(path.replaceFirst("^" + ROOT, "").replaceFirst("^/", "").split("/"));
        if (!path.startsWith(ROOT)) {
            return notFound(path);
        } else if (path.equals(ROOT)) {
            return new Answer(OK, MetricsJson.resources());
        } else if (parts.getFirst().equals("nodes")) {
            return nodes(usage, parts.subList(1, parts.size()), query);
        } else if (parts.size() >= 3
                && parts.getFirst().equals("namespaces")
                && parts.get(2).equals("pods")) {
            var inNamespace = usage.pods().stream()
                    .filter(use -> use.pod().id().namespace().equals(parts.get(1)));
            return pods(inNamespace, usage, parts.subList(3, parts.size()), query);
        }
        return path.equals(ROOT + "/pods") ? pods(usage.pods().stream(), usage, List.of(), query) : notFound(path);
    }

    private Answer nodes(Usage usage, List<String> name, LabelQuery query) {
        var items = usage.nodes().stream()
                .filter(use -> name.isEmpty()
                        ? query.matches(use.node().labels())
                        : name.getFirst().equals(use.node().name()))
                .map(use -> MetricsJson.node(use, usage.at(), mode))
                .toList();
        return answer("NodeMetrics", items, name);
    }

    private Answer pods(Stream<Usage.OfPod> pods, Usage usage, List<String> name, LabelQuery query) {
        var items = pods.filter(use -> name.isEmpty()
                        ? query.matches(use.pod().labels())
                        : name.getFirst().equals(use.pod().id().name()))
                .map(use -> MetricsJson.pod(use, usage.at(), ofVm.getOrDefault(use.vm(), mode)))
                .toList();
        return answer("PodMetrics", items, name);
    }

    private Answer answer(String kind, List<Map<String, Object>> items, List<String> name) {
        if (name.isEmpty()) {
            return new Answer(OK, MetricsJson.list(kind, mode == MetricsMode.EMPTY ? List.of() : items));
        }
        return items.isEmpty() ? notFound(name.getFirst()) : new Answer(OK, items.getFirst());
    }

    private static Answer notFound(String what) {
        return new Answer(
                NOT_FOUND, MetricsJson.failure(NOT_FOUND, "NotFound", "metrics not found (%s)".formatted(what)));
    }

    private static LabelQuery selector(String query) {
        return LabelQuery.of(Stream.of(query.split("&"))
                .filter(part -> part.startsWith("labelSelector="))
                .map(part -> URLDecoder.decode(part.substring("labelSelector=".length()), StandardCharsets.UTF_8))
                .findFirst()
                .orElse(""));
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
