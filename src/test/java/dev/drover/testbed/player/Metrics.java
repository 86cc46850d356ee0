package dev.drover.testbed.player;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Supplier;

/** What the nodes measure, as others read it: metrics.k8s.io, when the player has a certificate for it, and virt-handler's Prometheus page. */
public final class Metrics implements AutoCloseable {

    private final HttpServer page;
    private final Optional<MetricsApi> api;
    private final Optional<ServingCertificate> certificate;
    private final MetricsRegistration registration;
    private boolean installed;

    Metrics(PlayerOptions options, Supplier<Usage> usage) {
        certificate = options.metricsApi();
        registration = new MetricsRegistration(options.client());
        page = page(usage);
        api = certificate.map(it -> new MetricsApi(it, usage));
        install();
    }

    /** The page with the metrics of virt-handler, for a Prometheus on this machine. */
    public URI prometheus() {
        var address = page.getAddress();
        return URI.create("http://%s:%s/metrics".formatted(address.getAddress().getHostAddress(), address.getPort()));
    }

    /** How well metrics.k8s.io works from now on, for all VMs and nodes. */
    public synchronized void mode(MetricsMode mode) {
        api().mode(mode);
        if (mode == MetricsMode.NOT_INSTALLED) {
            remove();
        } else {
            install();
        }
    }

    /** How good the figures of one VM are from now on: only NORMAL, NEGATIVE, MALFORMED and ABSURD make a difference. */
    public void mode(VmId vm, MetricsMode mode) {
        api().mode(vm, mode);
    }

    synchronized void reset() {
        api.ifPresent(MetricsApi::reset);
        install();
    }

    private MetricsApi api() {
        return api.orElseThrow(() -> new IllegalStateException(
                "metrics.k8s.io is not served by this player. Start it with PlayerOptions.withMetricsApi."));
    }

    private void install() {
        if (!installed && api.isPresent()) {
            registration.install(api.get().port(), certificate.orElseThrow().issuerBundle());
            installed = true;
        }
    }

    private void remove() {
        if (installed) {
            registration.remove();
            installed = false;
        }
    }

    private static HttpServer page(Supplier<Usage> usage) {
        try {
            var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.createContext("/metrics", exchange -> {
                try (exchange) {
                    var body = PrometheusPage.of(usage.get()).getBytes(StandardCharsets.UTF_8);
                    exchange.getResponseHeaders().set("Content-Type", "text/plain; version=0.0.4; charset=utf-8");
                    exchange.sendResponseHeaders(200, body.length);
                    exchange.getResponseBody().write(body);
                }
            });
            server.start();
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException("No loopback port is free for the Prometheus page.", e);
        }
    }

    /** Takes the API group away again and closes the ports. */
    @Override
    public synchronized void close() {
        page.stop(0);
        remove();
        api.ifPresent(MetricsApi::close);
    }
}
