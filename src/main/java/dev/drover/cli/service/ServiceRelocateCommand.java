package dev.drover.cli.service;

import dev.drover.api.v1alpha1.Application;
import dev.drover.api.v1alpha1.ApplicationService;
import dev.drover.api.v1alpha1.LabelSelector;
import dev.drover.cli.option.ClusterOptions;
import dev.drover.config.SteadyClock;
import dev.drover.observe.SelectorReader;
import dev.drover.service.ServiceLabels;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code drover service relocate}: orders one virtual machine of a service to another node. */
@Command(
        name = "relocate",
        mixinStandardHelpOptions = true,
        description = {
            "Orders a virtual machine to another node. What KubeVirt can move live moves live; what it cannot, and Drover has made, is stopped, and started there, where its application allows that.",
            "It writes the annotation drover.dev/relocate on the virtual machine; how it goes stands in the status of the service."
        })
final class ServiceRelocateCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "NAME", description = "The name of the service.")
    private String name;

    @Option(names = "--application", required = true, paramLabel = "APPLICATION", description = "Of the service.")
    private String application;

    @Option(
            names = "--vm",
            required = true,
            paramLabel = "VM",
            description = "The virtual machine of the application, for example db-0.")
    private String machine;

    @Option(names = "--to", paramLabel = "NODE", description = "Where to. Default: the node that suits it best.")
    private @Nullable String node;

    @Mixin
    private NamespaceOption namespace;

    @Mixin
    private ClusterOptions cluster;

    private final InstantSource clock = new SteadyClock();

    @Override
    public Integer call() {
        try (KubernetesClient client = cluster.client()) {
            ApplicationService service = new Services(client).get(namespace.of(client), name);
            Application found = application(service);
            Resource<GenericKubernetesResource> ordered = client.genericKubernetesResources(
                            "kubevirt.io/v1", "VirtualMachine")
                    .inNamespace(service.getMetadata().getNamespace())
                    .withName(machine);
            refuseStranger(ordered.get(), found);
            String order = clock.instant().truncatedTo(ChronoUnit.SECONDS) + (node == null ? "" : " " + node);
            ordered.patch(PatchContext.of(PatchType.JSON_MERGE), patch(client, order));
            spec.commandLine()
                    .getOut()
                    .println(
                            "The virtual machine (%s/%s) is to be relocated%s. Watch it: drover service status %s -n %s"
                                    .formatted(
                                            service.getMetadata().getNamespace(),
                                            machine,
                                            node == null ? "" : " to the node (" + node + ")",
                                            name,
                                            service.getMetadata().getNamespace()));
        }
        return ExitCode.OK;
    }

    private static String patch(KubernetesClient client, String order) {
        return client.getKubernetesSerialization()
                .asJson(Map.of("metadata", Map.of("annotations", Map.of(ServiceLabels.RELOCATE, order))));
    }

    private Application application(ApplicationService service) {
        return service.getSpec().applications().stream()
                .filter(each -> each.name().equals(application))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "the service (%s) has no application (%s). List its applications with drover service graph %s."
                                .formatted(name, application, name)));
    }

    private void refuseStranger(@Nullable GenericKubernetesResource found, Application of) {
        if (found == null || !isOf(found, of)) {
            throw new IllegalArgumentException(
                    "the application (%s) of the service (%s) has no virtual machine (%s). List them with drover service status %s."
                            .formatted(application, name, machine, name));
        }
    }

    private boolean isOf(GenericKubernetesResource found, Application of) {
        LabelSelector adopted = of.virtualMachines().selector();
        if (adopted != null) {
            Map<String, String> labels = found.get("spec", "template", "metadata", "labels");
            return labels != null && SelectorReader.read(adopted).matches(labels);
        }
        Map<String, String> labels = found.getMetadata().getLabels();
        return labels != null
                && name.equals(labels.get(ServiceLabels.SERVICE))
                && application.equals(labels.get(ServiceLabels.APPLICATION));
    }
}
