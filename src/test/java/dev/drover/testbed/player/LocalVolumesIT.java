package dev.drover.testbed.player;

import static dev.drover.testbed.player.VmCluster.soon;
import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.testbed.OnTestbed;
import dev.drover.testbed.Testbed;
import io.fabric8.kubernetes.api.model.PersistentVolume;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The node-local volumes that the player makes and deletes, as the real scheduler and the real volume controller see them. */
@OnTestbed
class LocalVolumesIT {

    private static final String DISK = "disk.img";

    private final Testbed testbed;
    private final LocalClaims claims;
    private final LocalVolumes disks;

    LocalVolumesIT(Testbed testbed) {
        this.testbed = testbed;
        this.claims = new LocalClaims(testbed);
        this.disks = testbed.player().volumes();
    }

    @BeforeAll
    static void nodes(Testbed testbed) {
        new VmCluster(testbed).addNodes(3);
        new LocalClaims(testbed).addClasses();
    }

    @Test
    void a_claim_gets_its_volume_on_the_node_of_the_first_pod_and_keeps_later_pods_there() {
        claims.create("first", "delete", "Filesystem");
        pod("first", "node-2");

        var volume = claims.bound("first");

        assertThat(disks.folder(volume)).isDirectory();
        assertThat(volume(volume)).satisfies(made -> {
            assertThat(VolumeView.of(made).hostnames()).containsExactly("node-2");
            assertThat(made.getSpec().getLocal().getPath())
                    .isEqualTo(disks.folder(volume).toString());
            assertThat(made.getSpec().getPersistentVolumeReclaimPolicy()).isEqualTo("Delete");
            assertThat(made.getSpec().getVolumeMode()).isEqualTo("Filesystem");
            assertThat(made.getSpec().getAccessModes()).containsExactly("ReadWriteOnce");
            assertThat(made.getSpec().getCapacity().get("storage")).hasToString("64Mi");
        });

        deletePod("first");
        pod("first", "");
        soon().untilAsserted(() -> assertThat(client().pods()
                        .inNamespace("default")
                        .withName("first")
                        .get()
                        .getSpec()
                        .getNodeName())
                .isEqualTo("node-2"));
    }

    @Test
    void a_block_volume_is_a_file_of_the_size_that_was_asked_for() {
        claims.create("raw", "delete", "Block");
        pod("raw", "node-1");

        var volume = claims.bound("raw");

        assertThat(disks.device(volume)).isRegularFile().hasSize(64 << 20);
        assertThat(volume(volume).getSpec().getLocal().getPath())
                .isEqualTo(disks.device(volume).toString());
    }

    @Test
    void with_the_policy_delete_the_data_goes_with_the_claim() throws IOException {
        var volume = written("scratch", "delete");

        deletePod("scratch");
        deleteClaim("scratch");

        soon().untilAsserted(() -> assertThat(exists(volume)).isFalse());
        assertThat(disks.folder(volume)).doesNotExist();
    }

    @Test
    void with_the_policy_retain_the_data_stays_until_the_policy_is_changed() throws IOException {
        var volume = written("precious", "retain");

        deletePod("precious");
        deleteClaim("precious");
        soon().untilAsserted(() -> assertThat(phase(volume)).isEqualTo("Released"));
        stays(volume);

        client().persistentVolumes()
                .withName(volume)
                .patch(
                        PatchContext.of(PatchType.JSON_MERGE),
                        "{\"spec\":{\"persistentVolumeReclaimPolicy\":\"Delete\"}}");

        soon().untilAsserted(() -> assertThat(exists(volume)).isFalse());
        assertThat(disks.folder(volume)).doesNotExist();
    }

    @Test
    void a_dead_node_deletes_nothing_until_it_is_back() throws IOException {
        var volume = written("marooned", "delete");

        testbed.player().killNode("node-3");
        deletePod("marooned");
        deleteClaim("marooned");
        soon().untilAsserted(() -> assertThat(phase(volume)).isEqualTo("Released"));
        stays(volume);
        testbed.player().reviveNode("node-3");

        soon().untilAsserted(() -> assertThat(exists(volume)).isFalse());
        assertThat(disks.folder(volume)).doesNotExist();
    }

    /** A volume on node-3 with a disk in it. */
    private String written(String name, String storage) throws IOException {
        claims.create(name, storage, "Filesystem");
        pod(name, "node-3");
        var volume = claims.bound(name);
        Files.writeString(disks.folder(volume).resolve(DISK), "data of " + name);
        return volume;
    }

    private void stays(String volume) {
        Awaitility.await()
                .during(Duration.ofSeconds(7))
                .atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> {
                    assertThat(exists(volume)).isTrue();
                    assertThat(disks.folder(volume).resolve(DISK)).isRegularFile();
                });
    }

    /** Uses the claim of its name, on a node or, with an empty name, on whichever the scheduler chooses. */
    private void pod(String name, String node) {
        testbed.apply(
                """
                apiVersion: v1
                kind: Pod
                metadata: {name: %s, namespace: default}
                spec:
                  nodeSelector: {%s}
                  containers: [{name: main, image: registry.local/main}]
                  volumes: [{name: disk, persistentVolumeClaim: {claimName: %s}}]
                """
                        .formatted(name, node.isEmpty() ? "" : "kubernetes.io/hostname: " + node, name));
    }

    private void deletePod(String name) {
        client().pods().inNamespace("default").withName(name).withGracePeriod(0).delete();
        soon().untilAsserted(() -> assertThat(
                        client().pods().inNamespace("default").withName(name).get())
                .isNull());
    }

    private void deleteClaim(String name) {
        client().persistentVolumeClaims().inNamespace("default").withName(name).delete();
    }

    private String phase(String volume) {
        return volume(volume).getStatus().getPhase();
    }

    private PersistentVolume volume(String name) {
        return client().persistentVolumes().withName(name).require();
    }

    private boolean exists(String volume) {
        return client().persistentVolumes().withName(volume).get() != null;
    }

    private KubernetesClient client() {
        return testbed.client();
    }
}
