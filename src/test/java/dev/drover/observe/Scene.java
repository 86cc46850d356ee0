package dev.drover.observe;

import dev.drover.config.Settings;
import dev.drover.config.SteadyClock;
import dev.drover.model.Vm;
import dev.drover.model.VmId;
import dev.drover.testbed.Testbed;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;

/** An observer at work on a control plane, and what the tests of this package put there. */
final class Scene implements AutoCloseable {

    /** Everything that waits is impatient here, so that tests are short. */
    private static final Map<String, String> IMPATIENT = Map.of(
            "freshness-interval", "2s",
            "freshness-grace", "2s",
            "metrics-interval", "1s",
            "metrics-stale-after", "8s");

    final Ledger ledger;
    final InformerObserver observer;

    private Scene(KubernetesClient client, KubernetesClient asking, Settings settings) {
        SteadyClock clock = new SteadyClock();
        this.ledger = new Ledger(clock);
        this.observer = new InformerObserver(client, asking, ledger, settings, clock);
    }

    static Scene impatient(KubernetesClient client) {
        return started(client, InformerObserver.impatient(client), Settings.read(IMPATIENT::get));
    }

    static Scene started(KubernetesClient client, KubernetesClient asking, Settings settings) {
        Scene scene = new Scene(client, asking, settings);
        scene.observer.start();
        return scene;
    }

    Scene ready() {
        eventually().until(observer::ready);
        return this;
    }

    Snapshot snapshot() {
        return observer.snapshot();
    }

    Vm vm(String name) {
        return snapshot().cluster().vms().stream()
                .filter(vm -> vm.id().equals(new VmId("default", name)))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no virtual machine " + name));
    }

    /** Until all these run and may move. */
    void awaitMovable(String... names) {
        for (String name : names) {
            eventually()
                    .ignoreExceptionsMatching(error -> error instanceof AssertionError)
                    .until(() -> vm(name).migratability().live());
        }
    }

    void await(Callable<Boolean> condition) {
        eventually().until(condition);
    }

    static ConditionFactory eventually() {
        return Awaitility.await().pollInterval(Duration.ofMillis(200)).atMost(Duration.ofSeconds(120));
    }

    @Override
    public void close() {
        observer.close();
    }

    /** Drover's own kinds. */
    static void applyOwnKinds(Testbed testbed) {
        try (var files = Files.list(Path.of("crds"))) {
            List<Path> definitions = files.filter(file -> file.toString().endsWith(".yaml"))
                    .sorted()
                    .toList();
            definitions.forEach(testbed::apply);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** A virtual machine that runs, without disks, in the namespace default. */
    static String virtualMachine(String name, String app) {
        return """
                apiVersion: kubevirt.io/v1
                kind: VirtualMachine
                metadata: {name: %s, namespace: default, labels: {tier: gold}}
                spec:
                  runStrategy: Always
                  template:
                    metadata: {labels: {app: %s}}
                    spec:
                      domain:
                        resources: {requests: {cpu: 500m, memory: 1Gi}}
                        devices:
                          interfaces: [{name: default, masquerade: {}}]
                      networks: [{name: default, pod: {}}]
                """
                .formatted(name, app);
    }
}
