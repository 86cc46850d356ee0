package dev.drover.testbed;

import com.fasterxml.jackson.databind.JsonNode;
import dev.drover.testbed.player.Player;
import dev.drover.testbed.player.PlayerOptions;
import dev.drover.testbed.player.ServingCertificate;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** Starts a control plane step by step and owns what it has started, which ends with it or when a step fails. */
final class Launch implements AutoCloseable {

    private final TestbedOptions options;
    private final InstantSource clock;
    private final Layout layout;
    private final ControlPlane plane;
    private final Deque<AutoCloseable> owned = new ArrayDeque<>();

    Launch(TestbedOptions options, InstantSource clock) {
        this.options = options;
        this.clock = clock;
        Path project = Layout.findProject();
        Path cache = ProgramCache.build(project);
        this.layout = new Layout(project, cache, new RunFolders(project).create(options.folder()));
        if (options.kubeVirt()) {
            template().copyTo(layout.etcdData());
        }
        this.plane = own(new ControlPlane(layout, clock));
        try {
            plane.startApiServer();
            plane.startControllers();
        } catch (RuntimeException | Error e) {
            close();
            throw e;
        }
    }

    ControlPlane plane() {
        return plane;
    }

    /** Installs KubeVirt on a control plane that was started without. */
    Player installKubeVirt() {
        List<JsonNode> strategy = template().strategy();
        KubeVirtInstall install = new KubeVirtInstall(plane);
        install.installObjects(strategy);
        return startKubeVirt();
    }

    /** Starts KubeVirt's programs and the player of its node side. */
    Player startKubeVirt() {
        try {
            new KubeVirtInstall(plane).start(template().strategy());
            Pki.Certificate serving =
                    plane.pki().server("metrics-api", "metrics-api", ServingCertificate.METRICS_API_NAME, "localhost");
            KubernetesClient client = own(plane.identities().client(Identities.KUBEVIRT_CONTROLLER));
            PlayerOptions defaults = PlayerOptions.of(client, layout.folder(), product())
                    .withMetricsApi(
                            ServingCertificate.fromPem(serving.certificate(), serving.key(), layout.pki("ca.crt")));
            return own(Player.start(options.player().apply(defaults)));
        } catch (RuntimeException | Error e) {
            close();
            throw e;
        }
    }

    /** The packaged product; the keeper ends what has the folder of the run among its arguments. */
    private List<String> product() {
        Path jar = layout.project().resolve("target/quarkus-app/quarkus-run.jar");
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xmx256m",
                "--sun-misc-unsafe-memory-access=allow",
                "-Ddrover.testbed=" + layout.folder(),
                "-jar",
                System.getProperty("drover.operator.jar", jar.toString()));
    }

    /** Ends all, the latest first, and reports the first failure after it has tried each. */
    @Override
    public void close() {
        IllegalStateException failure = null;
        while (!owned.isEmpty()) {
            AutoCloseable resource = owned.pop();
            try {
                resource.close();
            } catch (Exception e) {
                failure = failure == null ? new IllegalStateException("Cannot close (" + resource + ")", e) : failure;
            }
        }
        if (failure != null) {
            throw failure;
        }
    }

    private StoreTemplate template() {
        return StoreTemplate.of(layout, clock);
    }

    private <T extends AutoCloseable> T own(T resource) {
        owned.push(resource);
        return resource;
    }
}
