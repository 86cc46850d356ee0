package dev.drover.cli.service;

import dev.drover.api.v1alpha1.Application;
import dev.drover.api.v1alpha1.ApplicationService;
import dev.drover.cli.option.ClusterOptions;
import dev.drover.config.SteadyClock;
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
            "Orders that a virtual machine which KubeVirt cannot move live is stopped, and started on another node.",
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
        if (of.virtualMachines().template() == null) {
            throw new IllegalArgumentException(
                    "the application (%s) adopts its virtual machines, and Drover neither stops nor starts these. Restart it yourself."
                            .formatted(application));
        }
        Map<String, String> labels = found == null || found.getMetadata().getLabels() == null
                ? Map.of()
                : found.getMetadata().getLabels();
        if (!name.equals(labels.get(ServiceLabels.SERVICE))
                || !application.equals(labels.get(ServiceLabels.APPLICATION))) {
            throw new IllegalArgumentException(
                    "the application (%s) of the service (%s) has no virtual machine (%s). List them with drover service status %s."
                            .formatted(application, name, machine, name));
        }
    }
}
