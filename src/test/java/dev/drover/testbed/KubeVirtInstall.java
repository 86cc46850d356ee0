package dev.drover.testbed;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.GZIPInputStream;

/**
 * Installs KubeVirt as virt-operator would, without a pod: its own install strategy, with webhooks by URL and aggregated APIs through
 * a service that is a name for localhost.
 */
final class KubeVirtInstall {

    static final String VERSION = "v1.9.0";

    private static final String OPERATOR_IMAGE = "registry.local/kubevirt/virt-operator:" + VERSION;
    private static final Set<String> RBAC =
            Set.of("ServiceAccount", "ClusterRole", "ClusterRoleBinding", "Role", "RoleBinding");
    private static final Set<String> WEBHOOKS =
            Set.of("ValidatingWebhookConfiguration", "MutatingWebhookConfiguration");

    /** What an administrator would write, and what lets virt-controller keep up with 500 VMs that start at once. */
    static final String CUSTOM_RESOURCE =
            """
            apiVersion: kubevirt.io/v1
            kind: KubeVirt
            metadata: {name: kubevirt, namespace: kubevirt}
            spec:
              configuration:
                developerConfiguration:
                  # The virt-handler player has no node-bound token.
                  disabledFeatureGates: [NodeRestriction]
                apiConfiguration: FAST
                controllerConfiguration: FAST
                webhookConfiguration: FAST
            """
                    .replace("FAST", "{restClient: {rateLimiter: {tokenBucketRateLimiter: {qps: 1000, burst: 2000}}}}");

    private static final String NAMESPACE =
            """
            apiVersion: v1
            kind: Namespace
            metadata: {name: kubevirt}
            """;

    /** virt-controller's node logic asks for exactly one; it must not make pods here, so no node matches. */
    private static final String VIRT_HANDLER =
            """
            apiVersion: apps/v1
            kind: DaemonSet
            metadata: {name: virt-handler, namespace: kubevirt, labels: {kubevirt.io: virt-handler}}
            spec:
              selector: {matchLabels: {kubevirt.io: virt-handler}}
              template:
                metadata: {labels: {kubevirt.io: virt-handler}}
                spec:
                  nodeSelector: {testbed.drover.dev/none: "true"}
                  containers: [{name: virt-handler, image: "registry.local/virt-handler:v1.9.0"}]
            """;

    private static final String PROBE =
            """
            {"apiVersion":"kubevirt.io/v1","kind":"VirtualMachine","metadata":{"name":"probe","namespace":"default"},"spec":{
            "runStrategy":"Halted","template":{"spec":{"domain":{"devices":{},"resources":{"requests":{"memory":"64Mi"}}}}}}}""";

    /** Everything that decides what is installed: a template made from another recipe is of no use. */
    static final String RECIPE = VERSION + NAMESPACE + CUSTOM_RESOURCE + VIRT_HANDLER;

    private final ControlPlane plane;
    private final Layout layout;
    private final RawApi api;
    private final Applier applier;

    KubeVirtInstall(ControlPlane plane) {
        this.plane = plane;
        this.layout = plane.layout();
        this.api = plane.api();
        this.applier = new Applier(api);
    }

    /** Has virt-operator write its install strategy and returns it: every object that it would create. About 8 s. */
    List<JsonNode> strategy() {
        String config =
                """
                {"id":"testbed","namespace":"kubevirt","registry":"registry.local/kubevirt","imagePrefix":"",\
                "kubeVirtVersion":"%s","virtOperatorImage":"%s","additionalProperties":{}}"""
                        .formatted(VERSION, OPERATOR_IMAGE);
        applier.apply(Yaml.read(NAMESPACE));
        plane.programs()
                .run(
                        "virt-operator",
                        List.of("--dump-install-strategy", "--kubeconfig=" + layout.kubeconfig("kubevirt-operator")),
                        Map.of("TARGET_DEPLOYMENT_CONFIG", config, "VIRT_OPERATOR_IMAGE", OPERATOR_IMAGE));
        JsonNode found = api.get("/api/v1/namespaces/kubevirt/configmaps?labelSelector=kubevirt.io/install-strategy")
                .json()
                .path("items");
        if (found.size() != 1) {
            throw new IllegalStateException(
                    "virt-operator wrote (" + found.size() + ") install strategies instead of one. See ("
                            + layout.folder().resolve("virt-operator.log") + ").");
        }
        String manifests = found.path(0).at("/data/manifests").asText();
        api.expect(
                "DELETE",
                "/api/v1/namespaces/kubevirt/configmaps/"
                        + found.path(0).at("/metadata/name").asText(),
                "application/json",
                "");
        return Yaml.read(unzip(manifests));
    }

    /** Applies what does not depend on this run's ports and certificates. */
    void installObjects(List<JsonNode> strategy) {
        applier.apply(Yaml.read(NAMESPACE));
        List<JsonNode> definitions = new ArrayList<>(Yaml.read(layout.asset("kv-resource.yaml")));
        definitions.addAll(ofKind(strategy, Set.of("CustomResourceDefinition")));
        definitions.removeIf(object -> !object.path("kind").asText().equals("CustomResourceDefinition"));
        definitions.forEach(definition -> ((ObjectNode) definition).remove("status"));
        applier.apply(definitions);
        applier.apply(ofKind(strategy, RBAC));
        applier.apply(Yaml.read(VIRT_HANDLER));
        applier.apply(Yaml.read(CUSTOM_RESOURCE));
        // virt-controller reads the configuration only of a deployed KubeVirt that names its architecture.
        api.mergePatch(
                "/apis/kubevirt.io/v1/namespaces/kubevirt/kubevirts/kubevirt/status",
                """
                {"status":{"phase":"Deployed","defaultArchitecture":"amd64","operatorVersion":"%1$s",
                "observedKubeVirtVersion":"%1$s","targetKubeVirtVersion":"%1$s"}}"""
                        .formatted(VERSION));
    }

    /** Starts virt-api and virt-controller and returns when VMs can be created. The objects must have been installed. */
    void start(List<JsonNode> strategy) {
        applier.apply(authorities(plane.pki().caPem()));
        plane.startKubeVirt();
        List<JsonNode> registrations =
                registrations(strategy, plane.virtApiPort(), plane.pki().caBundle());
        plane.awaitVirtApi();
        applier.apply(registrations);
        plane.await("A VM can be created", () -> api.request(
                        "POST",
                        "/apis/kubevirt.io/v1/namespaces/default/virtualmachines?dryRun=All",
                        "application/json",
                        PROBE)
                .ok());
        plane.await("virt-controller leads", () -> !api.get(
                        "/apis/coordination.k8s.io/v1/namespaces/kubevirt/leases/virt-controller")
                .json()
                .at("/spec/holderIdentity")
                .asText("")
                .isEmpty());
    }

    /** What the API server must know of this run's virt-api; it fails closed, so only once virt-api answers. */
    private static List<JsonNode> registrations(List<JsonNode> strategy, int port, String caBundle) {
        List<JsonNode> objects = new ArrayList<>(Yaml.read(
                """
                apiVersion: v1
                kind: Service
                metadata: {name: virt-api, namespace: kubevirt}
                spec: {type: ExternalName, externalName: localhost, ports: [{port: %d}]}
                """
                        .formatted(port)));
        for (JsonNode service : ofKind(strategy, Set.of("APIService"))) {
            ObjectNode spec = (ObjectNode) service.path("spec");
            ((ObjectNode) spec.path("service")).put("port", port);
            spec.put("caBundle", caBundle).remove("insecureSkipTLSVerify");
            objects.add(service);
        }
        for (JsonNode configuration : ofKind(strategy, WEBHOOKS)) {
            ArrayNode ours = RawApi.JSON.createArrayNode();
            for (JsonNode webhook : configuration.path("webhooks")) {
                JsonNode service = webhook.at("/clientConfig/service");
                if (service.path("name").asText().equals("virt-api")) {
                    ((ObjectNode) webhook)
                            .putObject("clientConfig")
                            .put(
                                    "url",
                                    "https://localhost:" + port
                                            + service.path("path").asText(""))
                            .put("caBundle", caBundle);
                    ours.add(webhook);
                }
            }
            if (!ours.isEmpty()) {
                ((ObjectNode) configuration).set("webhooks", ours);
                objects.add(configuration);
            }
        }
        return objects;
    }

    /** The certificate authority for virt-api's and virt-handler's mutual TLS. */
    private static List<JsonNode> authorities(String caPem) {
        List<JsonNode> maps = new ArrayList<>();
        for (String name : List.of("kubevirt-ca", "kubevirt-export-ca")) {
            ObjectNode map =
                    RawApi.JSON.createObjectNode().put("apiVersion", "v1").put("kind", "ConfigMap");
            map.putObject("metadata").put("name", name).put("namespace", "kubevirt");
            map.putObject("data").put("ca-bundle", caPem);
            maps.add(map);
        }
        return maps;
    }

    private static List<JsonNode> ofKind(List<JsonNode> objects, Set<String> kinds) {
        return objects.stream()
                .filter(object -> kinds.contains(object.path("kind").asText()))
                .toList();
    }

    private static String unzip(String base64) {
        try (var in =
                new GZIPInputStream(new ByteArrayInputStream(Base64.getDecoder().decode(base64)))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
