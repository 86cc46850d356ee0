package dev.drover.kubevirt;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** What an API server gets to see. */
class KubeVirtApiTest {
    private final List<String> asked = new CopyOnWriteArrayList<>();

    @Test
    void a_migration_with_a_field_that_the_api_server_does_not_know_is_to_be_refused() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::echo);
        server.start();
        try (KubernetesClient client = clientOf(server)) {
            new KubeVirtApi(client)
                    .createMigration(new MigrationOrder("default", "m", "vm", "node-1", Map.of(), Map.of()));
        } finally {
            server.stop(0);
        }

        assertThat(asked)
                .singleElement()
                .asString()
                .startsWith("POST /apis/kubevirt.io/v1/namespaces/default/virtualmachineinstancemigrations?")
                .contains("fieldValidation=Strict");
    }

    private static KubernetesClient clientOf(HttpServer server) {
        return new KubernetesClientBuilder()
                .withConfig(new ConfigBuilder()
                        .withAutoConfigure(false)
                        .withMasterUrl("http://localhost:" + server.getAddress().getPort())
                        .build())
                .build();
    }

    private void echo(HttpExchange exchange) throws IOException {
        asked.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
        byte[] body = exchange.getRequestBody().readAllBytes();
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(HttpURLConnection.HTTP_CREATED, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }
}
