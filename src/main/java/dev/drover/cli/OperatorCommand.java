package dev.drover.cli;

import dev.drover.api.v1alpha1.AdmissionMode;
import dev.drover.cli.option.ClusterOptions;
import dev.drover.config.Pause;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.quarkus.runtime.Quarkus;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code drover operator}: runs the operator until it is stopped, in a pod or, with {@code --local}, on this machine. */
@Command(
        name = "operator",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Runs the operator until it is stopped.",
            "With --local it runs outside of the cluster: its admission webhook is registered by URL, with an authority made at the start, and"
                    + " the registration is removed at the end. The API server must run on this machine to reach it; elsewhere virtual"
                    + " machines start as they would without Drover."
        })
final class OperatorCommand implements Callable<Integer> {

    private static final int WEBHOOK_PORT = 8443;
    private static final int MANAGEMENT_PORT = 9000;

    @Spec
    private CommandSpec spec;

    @Mixin
    private ClusterOptions cluster;

    @Option(names = "--local", description = "Run outside of the cluster.")
    private boolean local;

    @Option(
            names = "--install-crds",
            description = "First apply the definitions of the custom resources. Only with --local.")
    private boolean installDefinitions;

    @Option(
            names = "--namespace",
            paramLabel = "NAME",
            defaultValue = "drover-system",
            description =
                    "Where the lease is kept, and where pods are never sent to the webhook. Default: ${DEFAULT-VALUE}.")
    private String namespace;

    @Option(
            names = "--admission",
            paramLabel = "MODE",
            defaultValue = "Gate",
            description = "The most that a policy may ask for: Off, Advise or Gate. Default: ${DEFAULT-VALUE}.")
    private AdmissionMode admission;

    @Option(
            names = "--address",
            paramLabel = "ADDRESS",
            description = "The address that the ports listen on. Default: all of this machine, with --local localhost.")
    private @Nullable String address;

    @Option(
            names = "--https-port",
            paramLabel = "PORT",
            description = "The port of the webhook. Default: " + WEBHOOK_PORT + ", with --local a free one.")
    private @Nullable Integer httpsPort;

    @Option(
            names = "--management-port",
            paramLabel = "PORT",
            description = "The port of health and metrics. Default: " + MANAGEMENT_PORT + ", with --local a free one.")
    private @Nullable Integer managementPort;

    @Option(
            names = "--certificates",
            paramLabel = "FOLDER",
            description =
                    "Holds tls.crt and tls.key of the webhook, and ca.crt. Needed without --local, unless --admission is Off.")
    private @Nullable Path certificates;

    @Option(
            names = "--publish-ca",
            description =
                    "Write ca.crt into the registration of the webhook, for certificates that nobody else publishes.")
    private boolean publishAuthority;

    @Override
    public Integer call() {
        check();
        cluster.select();
        if (local) {
            runLocally();
        } else {
            runInCluster();
        }
        return CommandLine.ExitCode.OK;
    }

    private void check() {
        if (local && certificates != null) {
            throw wrong("--certificates (" + certificates + ") does not go with --local, which makes its own.");
        }
        if (installDefinitions && !local) {
            throw wrong(
                    "--install-crds goes only with --local. In a cluster run: kubectl apply --server-side -f crds/");
        }
        if (!local && admits() && certificates == null) {
            throw wrong("the webhook has no certificate. Give --certificates FOLDER, or --admission Off, or --local.");
        }
    }

    private ParameterException wrong(String message) {
        return new ParameterException(spec.commandLine(), message);
    }

    private boolean admits() {
        return admission != AdmissionMode.OFF;
    }

    private void runInCluster() {
        OperatorProperties properties =
                new OperatorProperties(addressOr("0.0.0.0"), portOr(managementPort, MANAGEMENT_PORT));
        if (admits()) {
            Path folder = Objects.requireNonNull(certificates);
            properties.webhook(portOr(httpsPort, WEBHOOK_PORT), folder);
            if (publishAuthority) {
                publish(WebhookTrust.in(folder.resolve("ca.crt")));
            }
        }
        properties.operator(namespace, admission).select();
        Quarkus.run();
    }

    /** Beside the start of everything else: health is answered while the API server is waited for. */
    private void publish(WebhookTrust trust) {
        KubernetesClient client = cluster.client();
        Thread.ofPlatform().daemon().name("publish-ca").start(() -> {
            try (client) {
                trust.publishPatiently(client, Pause.real());
            }
        });
    }

    private void runLocally() {
        requireInstallation();
        OperatorProperties properties =
                new OperatorProperties(addressOr("localhost"), portOr(managementPort, FreePort.choose()));
        properties.operator(namespace, admission);
        if (!admits()) {
            properties.select();
            Quarkus.run();
            return;
        }
        LocalWebhook webhook = LocalWebhook.prepare(portOr(httpsPort, FreePort.choose()), namespace);
        properties.webhook(webhook.port(), webhook.folder()).select();
        Quarkus.run(LocalOperator.class, webhook.arguments());
    }

    private void requireInstallation() {
        try (KubernetesClient client = cluster.client()) {
            CustomResourceDefinitions definitions = new CustomResourceDefinitions(client);
            if (installDefinitions) {
                definitions.install(spec.commandLine().getErr());
            }
            definitions.requireAll();
            client.resource(leaseNamespace()).serverSideApply();
        }
    }

    /** The lease that makes one operator the leader lives in it. */
    private Namespace leaseNamespace() {
        return new NamespaceBuilder()
                .withNewMetadata()
                .withName(namespace)
                .endMetadata()
                .build();
    }

    private String addressOr(String otherwise) {
        return address == null ? otherwise : address;
    }

    private static int portOr(@Nullable Integer given, int otherwise) {
        return given == null ? otherwise : given;
    }
}
