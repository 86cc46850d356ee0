package dev.drover.cli.service;

import dev.drover.cli.option.ClusterOptions;
import dev.drover.cli.option.OutputOption;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code drover service graph}: what starts after what. */
@Command(
        name = "graph",
        mixinStandardHelpOptions = true,
        description = {
            "Shows in which order the applications of a service start, what each waits for, and how far they are.",
            "Those of one stage may start at the same time."
        })
final class ServiceGraphCommand implements Callable<Integer> {
    @Parameters(paramLabel = "NAME", description = "The name of the service.")
    private String name;

    @Mixin
    private NamespaceOption namespace;

    @Mixin
    private ClusterOptions cluster;

    @Mixin
    private OutputOption output;

    @Override
    public Integer call() throws IOException {
        try (KubernetesClient client = cluster.client()) {
            ServiceGraph graph = ServiceGraph.of(new Services(client).get(namespace.of(client), name));
            output.print(graph, out -> new ServiceText(out).graph(graph));
        }
        return ExitCode.OK;
    }
}
