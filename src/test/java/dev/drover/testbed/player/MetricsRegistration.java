package dev.drover.testbed.player;

import io.fabric8.kubernetes.api.model.APIServiceBuilder;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;

/** Tells kube-apiserver where metrics.k8s.io is served: by a Service of type ExternalName on loopback, and an APIService. */
final class MetricsRegistration {

    private static final String API_SERVICE = "v1beta1.metrics.k8s.io";

    private final KubernetesClient client;
    private final String service;
    private final String namespace;

    MetricsRegistration(KubernetesClient client) {
        this.client = client;
        var name = ServingCertificate.METRICS_API_NAME.split("\\.");
        this.service = name[0];
        this.namespace = name[1];
    }

    void install(int port, String caBundle) {
        client.resource(new ServiceBuilder()
                        .withNewMetadata()
                        .withName(service)
                        .withNamespace(namespace)
                        .endMetadata()
                        .withNewSpec()
                        .withType("ExternalName")
                        .withExternalName("localhost")
                        .addNewPort()
                        .withPort(port)
                        .endPort()
                        .endSpec()
                        .build())
                .forceConflicts()
                .serverSideApply();
        client.resource(new APIServiceBuilder()
                        .withNewMetadata()
                        .withName(API_SERVICE)
                        .endMetadata()
                        .withNewSpec()
                        .withGroup("metrics.k8s.io")
                        .withVersion("v1beta1")
                        .withGroupPriorityMinimum(100)
                        .withVersionPriority(100)
                        .withCaBundle(caBundle)
                        .withNewService()
                        .withName(service)
                        .withNamespace(namespace)
                        .withPort(port)
                        .endService()
                        .endSpec()
                        .build())
                .forceConflicts()
                .serverSideApply();
    }

    void remove() {
        client.apiServices().withName(API_SERVICE).delete();
    }
}
