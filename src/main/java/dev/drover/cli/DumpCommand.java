package dev.drover.cli;

import dev.drover.cli.option.ClusterOptions;
import dev.drover.config.Pause;
import dev.drover.config.Settings;
import dev.drover.config.SteadyClock;
import dev.drover.dump.DumpFile;
import dev.drover.dump.JsonFile;
import dev.drover.observe.Glance;
import dev.drover.observe.Snapshot;
import dev.drover.reconcile.Dumps;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code drover dump}: everything that a decision would look at now, as a file. */
@Command(
        name = "dump",
        mixinStandardHelpOptions = true,
        description = {
            "Writes down what Drover sees in the cluster, for drover plan show. It reads and never writes.",
            "The file holds names, labels, requests and places; no secrets."
        })
final class DumpCommand implements Callable<Integer> {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Spec
    private CommandSpec spec;

    @Mixin
    private ClusterOptions cluster;

    @Option(
            names = {"-f", "--file"},
            paramLabel = "FILE",
            description = "Where to write it. Default: the standard output.")
    private @Nullable Path file;

    private final InstantSource clock = new SteadyClock();

    @Override
    public Integer call() throws IOException {
        Snapshot snapshot;
        try (KubernetesClient client = cluster.client()) {
            snapshot = new Glance(client, Settings.DEFAULT, clock, Pause.real()).take(PATIENCE);
        }
        DumpFile dump = Dumps.of(snapshot);
        if (file == null) {
            JsonFile.write(dump, spec.commandLine().getOut());
        } else {
            try (Writer to = Files.newBufferedWriter(file)) {
                JsonFile.write(dump, to);
            }
        }
        spec.commandLine()
                .getErr()
                .println("%d nodes, %d virtual machines, %d pods"
                        .formatted(
                                snapshot.cluster().nodes().size(),
                                snapshot.cluster().vms().size(),
                                snapshot.cluster().pods().size()));
        return ExitCode.OK;
    }
}
