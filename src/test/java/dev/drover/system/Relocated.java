package dev.drover.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.api.v1alpha1.ApplicationService;
import dev.drover.api.v1alpha1.RelocationState;
import dev.drover.api.v1alpha1.RelocationStep;
import dev.drover.api.v1alpha1.ServiceRelocation;
import dev.drover.config.SteadyClock;
import dev.drover.testbed.Testbed;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.function.Predicate;

/** A virtual machine of a service in the namespace default that is ordered to another node. */
record Relocated(Testbed testbed, String service, String machine) {
    private static final Duration PATIENCE = Duration.ofMinutes(6);

    /** @param to empty, or a space and the name of a node */
    void order(String to) {
        testbed.client()
                .genericKubernetesResources("kubevirt.io/v1", "VirtualMachine")
                .inNamespace("default")
                .withName(machine)
                .patch(
                        PatchContext.of(PatchType.JSON_MERGE),
                        """
                        {"metadata": {"annotations": {"drover.dev/relocate": "%s%s"}}}"""
                                .formatted(instant(), to));
    }

    private static Instant instant() {
        return new SteadyClock().instant().truncatedTo(ChronoUnit.SECONDS);
    }

    static void awaitNextSecond(Instant last) {
        Awaiting.until("A new second", Relocated::instant, now -> now.isAfter(last));
    }

    ServiceRelocation ended() {
        return await(relocation -> relocation.state().isEnd());
    }

    ServiceRelocation await(Predicate<ServiceRelocation> good) {
        return Awaiting.until(
                        "The relocation goes on",
                        PATIENCE,
                        this::relocations,
                        all -> !all.isEmpty() && good.test(all.getLast()))
                .getLast();
    }

    private List<ServiceRelocation> relocations() {
        ApplicationService found = testbed.client()
                .resources(ApplicationService.class)
                .inNamespace("default")
                .withName(service)
                .get();
        return found.getStatus() == null ? List.of() : found.getStatus().relocations();
    }

    static List<RelocationState> states(ServiceRelocation relocation) {
        return relocation.steps().stream().map(RelocationStep::state).toList();
    }

    /** Where it runs. */
    String node() {
        GenericKubernetesResource instance = object("VirtualMachineInstance");
        assertThat(instance.<String>get("status", "phase")).isEqualTo("Running");
        return instance.get("status", "nodeName");
    }

    private GenericKubernetesResource object(String kind) {
        return testbed.client()
                .genericKubernetesResources("kubevirt.io/v1", kind)
                .inNamespace("default")
                .withName(machine)
                .get();
    }

    String instanceUid() {
        return object("VirtualMachineInstance").getMetadata().getUid();
    }

    /** The hostname that it is bound to; null when to none. */
    Object boundTo() {
        return object("VirtualMachine").get("spec", "template", "spec", "nodeSelector", "kubernetes.io/hostname");
    }

    List<String> podsOn(String node) {
        return testbed
                .client()
                .pods()
                .inNamespace("default")
                .withField("spec.nodeName", node)
                .list()
                .getItems()
                .stream()
                .map(pod -> pod.getMetadata().getName())
                .toList();
    }
}
