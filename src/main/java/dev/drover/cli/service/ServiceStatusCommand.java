package dev.drover.cli.service;

import dev.drover.api.v1alpha1.ApplicationService;
import dev.drover.cli.option.ClusterOptions;
import dev.drover.cli.option.OutputOption;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code drover service status}: all services in a line each, or one of them in full. */
@Command(
        name = "status",
        mixinStandardHelpOptions = true,
        description = {
            "Shows how a service stands: its applications, its virtual machines, where they run and what they wait for.",
            "Without a name: all services of the namespace."
        })
final class ServiceStatusCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(arity = "0..1", paramLabel = "NAME", description = "The name of the service.")
    private @Nullable String name;

    @Option(
            names = {"-A", "--all-namespaces"},
            description = "The services of all namespaces.")
    private boolean everywhere;

    @Mixin
    private NamespaceOption namespace;

    @Mixin
    private ClusterOptions cluster;

    @Mixin
    private OutputOption output;

    @Override
    public Integer call() throws IOException {
        if (name != null && everywhere) {
            throw new ParameterException(
                    spec.commandLine(),
                    "a service (" + name + ") is in one namespace. Leave --all-namespaces out, or the name.");
        }
        try (KubernetesClient client = cluster.client()) {
            Services services = new Services(client);
            ObjectTree tree = new ObjectTree(client);
            if (name == null) {
                List<ApplicationService> found = services.list(everywhere ? null : namespace.of(client));
                output.print(tree.list(found), out -> new ServiceText(out).list(found));
            } else {
                ApplicationService found = services.get(namespace.of(client), name);
                output.print(tree.of(found), out -> new ServiceText(out).one(found));
            }
        }
        return ExitCode.OK;
    }
}
