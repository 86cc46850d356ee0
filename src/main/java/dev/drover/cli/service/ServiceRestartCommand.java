package dev.drover.cli.service;

import dev.drover.api.v1alpha1.ApplicationService;
import dev.drover.cli.option.ClusterOptions;
import dev.drover.config.SteadyClock;
import dev.drover.service.ServiceLabels;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code drover service restart}: orders that everything that runs now is started anew, in order. */
@Command(
        name = "restart",
        mixinStandardHelpOptions = true,
        description = {
            "Orders the restart of a service: its virtual machines are stopped in the reverse order of its dependencies,",
            "and started in order. It writes the annotation drover.dev/restart; adopted virtual machines are left alone."
        })
final class ServiceRestartCommand implements Callable<Integer> {
    private static final String PATCH = """
            {"metadata": {"annotations": {"%s": "%s"}}}""";

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "NAME", description = "The name of the service.")
    private String name;

    @Mixin
    private NamespaceOption namespace;

    @Mixin
    private ClusterOptions cluster;

    private final InstantSource clock = new SteadyClock();

    @Override
    public Integer call() {
        try (KubernetesClient client = cluster.client()) {
            Services services = new Services(client);
            ApplicationService service = services.get(namespace.of(client), name);
            Instant time = clock.instant().truncatedTo(ChronoUnit.SECONDS);
            services.resource(service.getMetadata().getNamespace(), name)
                    .patch(PatchContext.of(PatchType.JSON_MERGE), PATCH.formatted(ServiceLabels.RESTART, time));
            spec.commandLine()
                    .getOut()
                    .println(
                            "The service (%s/%s) is to restart what was started before %s. Watch it: drover service status %s -n %s"
                                    .formatted(
                                            service.getMetadata().getNamespace(),
                                            name,
                                            time,
                                            name,
                                            service.getMetadata().getNamespace()));
        }
        return ExitCode.OK;
    }
}
