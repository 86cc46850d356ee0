package dev.drover.demo;

import dev.drover.api.v1alpha1.ApplicationService;
import dev.drover.api.v1alpha1.ApplicationServiceStatus;
import dev.drover.kubevirt.VirtualMachineInstance;
import dev.drover.status.ConditionType;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.util.Objects;
import java.util.Optional;

/** What the chapters about services beside the shop have in common: each has a namespace of its own, so that none disturbs another. */
record Telling(Stage stage, Narrator narrator, Expectations expectations, Patience patience) {

    ApplicationServiceStatus status(String namespace, String name) {
        return Optional.ofNullable(stage.client()
                        .resources(ApplicationService.class)
                        .inNamespace(namespace)
                        .withName(name)
                        .get())
                .map(ApplicationService::getStatus)
                .orElse(ApplicationServiceStatus.NONE);
    }

    boolean awaitReady(String namespace, String name) {
        return patience.await(
                "the service (%s) is ready".formatted(name),
                () -> StatusReading.holds(status(namespace, name).conditions(), ConditionType.READY));
    }

    /** The node that it runs on; empty while it runs on none. */
    String node(String namespace, String virtualMachine) {
        VirtualMachineInstance instance = stage.client()
                .resources(VirtualMachineInstance.class)
                .inNamespace(namespace)
                .withName(virtualMachine)
                .get();
        return instance == null || !Commentary.running(instance)
                ? ""
                : Objects.requireNonNullElse(instance.getStatus().nodeName(), "");
    }

    /** As {@code kubectl annotate} does. */
    void annotate(String kind, String namespace, String name, String key, String value) {
        String group = kind.equals("ApplicationService") ? "drover.dev/v1alpha1" : "kubevirt.io/v1";
        stage.client()
                .genericKubernetesResources(group, kind)
                .inNamespace(namespace)
                .withName(name)
                .patch(
                        PatchContext.of(PatchType.JSON_MERGE),
                        "{\"metadata\": {\"annotations\": {\"%s\": \"%s\"}}}".formatted(key, value));
    }

    /** Takes a service away; what it was made of goes with it. */
    boolean remove(String namespace, String name) {
        stage.client()
                .resources(ApplicationService.class)
                .inNamespace(namespace)
                .withName(name)
                .delete();
        return patience.await("the service (%s) is gone".formatted(name), () -> stage.client()
                .resources(VirtualMachineInstance.class)
                .inNamespace(namespace)
                .list()
                .getItems()
                .isEmpty());
    }
}
