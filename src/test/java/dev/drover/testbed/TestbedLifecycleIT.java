package dev.drover.testbed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drover.copy.IdentityFiles;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How control planes start and end, beside the shared one. */
@OnTestbed
class TestbedLifecycleIT {

    @Test
    void nothingIsLeftOfAControlPlaneWhoseOwnerIsKilled(@TempDir Path temporary) throws Exception {
        Path folder = temporary.toRealPath().resolve("killed");
        Process owner = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx512m",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        Bed.class.getName(),
                        "serve",
                        "1",
                        folder.toString()))
                .redirectErrorStream(true)
                .redirectOutput(temporary.resolve("owner.log").toFile())
                .start();
        try {
            Awaitility.await("The other process's control plane is up")
                    .atMost(Duration.ofMinutes(3))
                    .until(() -> !owner.isAlive() || Files.exists(folder.resolve(Bed.READY)));
            assertThat(owner.isAlive())
                    .as(() -> read(temporary.resolve("owner.log")))
                    .isTrue();
            assertThat(RunningPrograms.mentioning(folder)).hasSizeGreaterThanOrEqualTo(8);
            runCopyPod(folder, IdentityFiles.make(temporary.resolve("identity")));
            Awaitility.await("The program of the copy pod runs")
                    .atMost(Duration.ofMinutes(3))
                    .until(() -> RunningPrograms.mentioning(folder).stream()
                            .anyMatch(command -> command.contains("copy receive")));
        } finally {
            owner.destroyForcibly().waitFor(20, TimeUnit.SECONDS);
        }

        Awaitility.await("Its programs and their keeper have ended")
                .atMost(Duration.ofSeconds(30))
                .untilAsserted(
                        () -> assertThat(RunningPrograms.mentioning(folder)).isEmpty());
        assertThat(folder.resolve("etcd")).doesNotExist();
        assertThat(folder.resolve("pods")).doesNotExist();
    }

    /** A pod that waits for what it is to copy. */
    private static void runCopyPod(Path folder, Path identity) {
        try (Testbed joined = Testbed.attach(folder)) {
            joined.apply(
                    """
                    apiVersion: v1
                    kind: Pod
                    metadata: {name: receiver, namespace: default, labels: {drover.dev/copy: it}}
                    spec:
                      restartPolicy: Never
                      containers:
                      - name: copy
                        image: drover
                        args: [copy, receive, --disks, /disks, --port, '8443', --identity, /identity]
                        volumeMounts: [{name: disk, mountPath: /disks/0}, {name: identity, mountPath: /identity}]
                      volumes: [{name: disk, emptyDir: {}}, {name: identity, secret: {secretName: identity}}]
                    """);
            joined.client()
                    .resource(new SecretBuilder()
                            .withNewMetadata()
                            .withNamespace("default")
                            .withName("identity")
                            .endMetadata()
                            .addToStringData("tls.crt", read(identity.resolve("tls.crt")))
                            .addToStringData("tls.key", read(identity.resolve("tls.key")))
                            .build())
                    .create();
        }
    }

    @Test
    void twoControlPlanesDoNotMeetAndKubeVirtMayComeLater(Testbed shared) {
        try (Testbed other = Testbed.start(TestbedOptions.defaults().withoutKubeVirt())) {
            other.client()
                    .resource(new NamespaceBuilder()
                            .withNewMetadata()
                            .withName("theirs")
                            .endMetadata()
                            .build())
                    .create();

            assertThat(shared.client().namespaces().withName("theirs").get()).isNull();
            assertThatThrownBy(() -> listWithAuthorityOf(shared, other.server().toString()))
                    .isInstanceOf(KubernetesClientException.class)
                    .hasStackTraceContaining("PKIX");

            assertThat(other.client().hasApiGroup("kubevirt.io", true)).isFalse();
            other.installKubeVirt();
            other.addNodes(NodeShape.plain("node-1"));
            VirtualMachines vms = new VirtualMachines(other);
            vms.apply("late-0", "");
            vms.awaitPhase("late-0", "Running");
        }
    }

    @Test
    void aFolderThatIsInUseOrHoldsSomethingElseIsRefused(Testbed shared, @TempDir Path temporary) throws Exception {
        Files.writeString(temporary.resolve("precious.txt"), "mine");

        assertThatThrownBy(() -> Testbed.start(TestbedOptions.defaults().in(shared.folder())))
                .hasMessageContaining("A control plane is running in");
        assertThatThrownBy(() -> Testbed.start(TestbedOptions.defaults().in(temporary)))
                .hasMessageContaining("holds something else");
        assertThat(temporary.resolve("precious.txt")).exists();
    }

    private static void listWithAuthorityOf(Testbed one, String otherServer) {
        Config config = new ConfigBuilder(Config.fromKubeconfig(one.kubeconfig().toFile()))
                .withMasterUrl(otherServer)
                .withRequestRetryBackoffLimit(0)
                .build();
        try (var client = new KubernetesClientBuilder().withConfig(config).build()) {
            client.namespaces().list();
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (java.io.IOException e) {
            return "no log (" + e + ")";
        }
    }
}
