package dev.drover.testbed;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * The API server spoken to in plain JSON. Typed clients drop fields that they do not know, which KubeVirt's definitions are full of,
 * and cannot list every kind of object by name only.
 */
final class RawApi implements AutoCloseable {

    static final ObjectMapper JSON = new ObjectMapper();

    private static final String FIELD_MANAGER = "testbed";
    private static final String DISCOVERY = "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList";
    private static final String NAMES_ONLY = "application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1";
    private static final char[] NO_PASSWORD = new char[0];

    /** What the API server says of a kind whose definition has just changed. */
    private static final String STARTING = "storage is (re)initializing";

    private static final Duration RETRY = Duration.ofMillis(250);
    private static final int MOST_RETRIES = 120;

    private final URI server;
    private final HttpClient http;

    RawApi(URI server, X509Certificate ca, Pki.Certificate identity) {
        this.server = server;
        this.http = HttpClient.newBuilder()
                .sslContext(tls(ca, identity))
                .connectTimeout(Duration.ofSeconds(10))
                .build();
    }

    /** The answer to one request, whatever its code. */
    record Answer(int code, String body) {

        boolean ok() {
            return code / 100 == 2;
        }

        JsonNode json() {
            try {
                return JSON.readTree(body);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /**
     * A kind of object in one version: how to find its objects.
     *
     * @param ownVersion whether this is the version that the server prefers, so that each object is met once
     */
    record Kind(String group, String version, String kind, String plural, boolean namespaced, boolean ownVersion) {

        String apiVersion() {
            return group.isEmpty() ? version : group + "/" + version;
        }

        String path(String namespace) {
            String root = group.isEmpty() ? "/api/" + version : "/apis/" + group + "/" + version;
            return root + (namespaced && !namespace.isEmpty() ? "/namespaces/" + namespace : "") + "/" + plural;
        }

        String path(String namespace, String name) {
            return path(namespace) + "/" + name;
        }
    }

    Answer request(String method, String path, String contentType, String body) {
        return send(HttpRequest.newBuilder(server.resolve(path))
                .header("Content-Type", contentType)
                .header("Accept", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(body)));
    }

    /** Like {@link #request}, for requests that must succeed. */
    JsonNode expect(String method, String path, String contentType, String body) {
        Answer answer = request(method, path, contentType, body);
        if (!answer.ok()) {
            throw new IllegalStateException(
                    method + " (" + path + ") was answered with (" + answer.code() + "): " + answer.body());
        }
        return answer.json();
    }

    Answer get(String path) {
        return get(path, "application/json");
    }

    JsonNode mergePatch(String path, String body) {
        return expect("PATCH", path, "application/merge-patch+json", body);
    }

    JsonNode create(Kind kind, JsonNode object) {
        return expect("POST", kind.path(namespace(object)), "application/json", object.toString());
    }

    /** Server-side apply as "testbed", also over fields that others own. */
    JsonNode apply(Kind kind, JsonNode object) {
        String path = kind.path(namespace(object), object.at("/metadata/name").asText());
        return expect(
                "PATCH",
                path + "?force=true&fieldManager=" + FIELD_MANAGER,
                "application/apply-patch+yaml",
                object.toString());
    }

    /** All kinds that can be listed, in every version. */
    List<Kind> kinds() {
        List<Kind> kinds = new ArrayList<>();
        for (String root : List.of("/api", "/apis")) {
            Answer answer = get(root, DISCOVERY);
            if (!answer.ok()) {
                throw new IllegalStateException("Discovery at (" + root + ") failed with (" + answer.code() + ")");
            }
            for (JsonNode group : answer.json().path("items")) {
                addKinds(kinds, group);
            }
        }
        return kinds;
    }

    /** Names, labels and the like of all objects of a kind in all namespaces; none when the kind has just gone. */
    JsonNode list(Kind kind) {
        Answer answer = get(kind.path(""), NAMES_ONLY);
        if (answer.code() == 404) {
            return JSON.createArrayNode();
        }
        if (!answer.ok()) {
            throw new IllegalStateException(
                    "Listing (" + kind.plural() + ") failed with (" + answer.code() + "): " + answer.body());
        }
        return answer.json().path("items");
    }

    @Override
    public void close() {
        http.shutdownNow();
        http.close();
    }

    private static void addKinds(List<Kind> kinds, JsonNode group) {
        String name = group.at("/metadata/name").asText("");
        List<String> seen = new ArrayList<>();
        for (JsonNode version : group.path("versions")) {
            for (JsonNode resource : version.path("resources")) {
                String plural = resource.path("resource").asText();
                List<String> verbs = new ArrayList<>();
                resource.path("verbs").forEach(verb -> verbs.add(verb.asText()));
                if (verbs.contains("list")) {
                    boolean preferred = !seen.contains(plural);
                    seen.add(plural);
                    kinds.add(new Kind(
                            name,
                            version.path("version").asText(),
                            resource.at("/responseKind/kind").asText(),
                            plural,
                            resource.path("scope").asText().equals("Namespaced"),
                            preferred && verbs.contains("delete")));
                }
            }
        }
    }

    private static String namespace(JsonNode object) {
        return object.at("/metadata/namespace").asText("default");
    }

    private Answer get(String path, String accept) {
        return send(HttpRequest.newBuilder(server.resolve(path))
                .header("Accept", accept)
                .GET());
    }

    private Answer send(HttpRequest.Builder request) {
        HttpRequest built = request.timeout(Duration.ofSeconds(60)).build();
        Answer answer = sendOnce(built);
        for (int i = 0;
                i < MOST_RETRIES && answer.code() == 429 && answer.body().contains(STARTING);
                i++) {
            LockSupport.parkNanos(RETRY.toNanos());
            answer = sendOnce(built);
        }
        return answer;
    }

    private Answer sendOnce(HttpRequest built) {
        try {
            HttpResponse<String> response = http.send(built, HttpResponse.BodyHandlers.ofString());
            return new Answer(response.statusCode(), response.body());
        } catch (IOException e) {
            return new Answer(0, String.valueOf(e));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted in " + built.method() + " (" + built.uri() + ")", e);
        }
    }

    private static SSLContext tls(X509Certificate ca, Pki.Certificate identity) {
        try {
            KeyStore trusted = KeyStore.getInstance("PKCS12");
            trusted.load(null, NO_PASSWORD);
            trusted.setCertificateEntry("ca", ca);
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(trusted);

            KeyStore own = KeyStore.getInstance("PKCS12");
            own.load(null, NO_PASSWORD);
            own.setKeyEntry("self", privateKey(identity.key()), NO_PASSWORD, new Certificate[] {
                certificate(identity.certificate())
            });
            KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(own, NO_PASSWORD);

            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
            return context;
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException("Cannot use the identity in (" + identity.certificate() + ")", e);
        }
    }

    private static Certificate certificate(Path file) throws IOException, GeneralSecurityException {
        try (var in = Files.newInputStream(file)) {
            return CertificateFactory.getInstance("X.509").generateCertificate(in);
        }
    }

    private static PrivateKey privateKey(Path file) throws IOException, GeneralSecurityException {
        byte[] content = Base64.getDecoder().decode(Files.readString(file).replaceAll("-----[A-Z ]+-----|\\s", ""));
        return KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(content));
    }
}
