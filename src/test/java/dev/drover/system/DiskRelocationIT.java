package dev.drover.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.api.v1alpha1.RelocationDisk;
import dev.drover.api.v1alpha1.RelocationFault;
import dev.drover.api.v1alpha1.RelocationState;
import dev.drover.api.v1alpha1.ServiceRelocation;
import dev.drover.testbed.OnTestbed;
import dev.drover.testbed.Testbed;
import dev.drover.testbed.player.CopyFault;
import dev.drover.testbed.player.VmId;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PersistentVolume;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A virtual machine whose disk only its own node reaches changes its node: the data is copied, and goes at the source only afterwards. */
@OnTestbed
class DiskRelocationIT {
    private static final String KIND = "ApplicationService";
    private static final String DISK = "disk.img";
    private static final int MEBI = 1 << 20;

    private final Testbed testbed;
    private final Shown shown;
    private final Relocated store;
    private Stage stage;
    private OperatorProcess operator;
    private String checksum;

    DiskRelocationIT(Testbed testbed) {
        this.testbed = testbed;
        this.shown = new Shown(testbed);
        this.store = new Relocated(testbed, "store", "db-0");
    }

    @BeforeEach
    void threeNodes() {
        stage = Stage.withNodes(testbed, 3);
        operator = stage.keep(setup().start());
        testbed.apply(Yaml.policy("Automatic", "Gate"));
        shown.awaitCondition("PlacementPolicy", "default", "Ready", "True");
    }

    private OperatorProcess.Setup setup() {
        return OperatorProcess.on(testbed)
                .with("relocation-deadline", "60s")
                .with("copy-image", "drover")
                .with("lease-duration", "20s");
    }

    @AfterEach
    void end() throws Exception {
        stage.close();
    }

    @Test
    void itsDataComesAlongAndGoesAtTheSourceOnlyWhenItIsReadyThere() {
        String first = started("Delete");
        String source = volume();

        store.order("");
        ServiceRelocation ready = store.await(relocation -> {
            assertThat(file(source)).as("%s", relocation.state()).exists();
            return Relocated.states(relocation).contains(RelocationState.RELEASING);
        });
        ServiceRelocation done = store.ended();

        assertThat(done.state()).as("%s", done).isEqualTo(RelocationState.SUCCEEDED);
        assertThat(Relocated.states(done))
                .containsExactly(
                        RelocationState.PREPARING,
                        RelocationState.STOPPING,
                        RelocationState.COPYING,
                        RelocationState.ATTACHING,
                        RelocationState.STARTING,
                        RelocationState.RELEASING,
                        RelocationState.CLEANING,
                        RelocationState.SUCCEEDED);
        assertThat(store.node()).isEqualTo(done.to()).isNotEqualTo(first);
        RelocationDisk disk = done.disks().getFirst();
        assertThat(disk.source()).isEqualTo(source);
        assertThat(disk.target()).isEqualTo(volume()).isNotEqualTo(source);
        assertThat(disk.checksum()).hasSize(64);
        assertThat(checksum(file(volume()))).isEqualTo(checksum);
        assertThat(claim().getMetadata().getLabels()).containsEntry("app", "db");
        assertThat(ready.disks().getFirst().checksum()).isEqualTo(disk.checksum());
        assertThat(file(source)).doesNotExist();
        nothingIsLeftOn(first);
        shown.awaitCondition(KIND, "store", "Ready", "True AllReady");
    }

    @Test
    void whatDoesNotBecomeReadyThereIsStartedAgainWithItsDataWhereItWas() {
        String first = started("Delete");
        String source = volume();

        store.order("");
        store.await(relocation -> relocation.state() == RelocationState.STARTING);
        testbed.player().silence(VmId.of("db-0"));
        store.await(relocation -> Relocated.states(relocation).contains(RelocationState.RETURNING));
        testbed.player().answer(VmId.of("db-0"));
        ServiceRelocation done = store.ended();

        assertThat(done.state()).as("%s", done).isEqualTo(RelocationState.FAILED);
        assertThat(done.fault()).isEqualTo(RelocationFault.NOT_READY_THERE);
        assertThat(Relocated.states(done)).contains(RelocationState.WITHDRAWING, RelocationState.RESTORING);
        assertThat(store.node()).isEqualTo(first);
        assertThat(volume()).isEqualTo(source);
        assertThat(checksum(file(source))).isEqualTo(checksum);
        assertThat(reclaimPolicy(source)).isEqualTo("Delete");
        nothingIsLeftOn(done.to());
        shown.awaitCondition(KIND, "store", "Ready", "True AllReady");
    }

    @Test
    void aCopyThatFailsLeavesItWhereItWas() {
        String first = started("Retain");
        String source = volume();
        testbed.player().faults().nextCopyOn(first, new CopyFault.Fail("The disk cannot be read."));

        store.order("");
        ServiceRelocation done = store.ended();

        assertThat(done.fault()).as("%s", done).isEqualTo(RelocationFault.DATA_NOT_COPIED);
        assertThat(done.message()).contains("The disk cannot be read.");
        assertThat(store.node()).isEqualTo(first);
        assertThat(volume()).isEqualTo(source);
        assertThat(checksum(file(source))).isEqualTo(checksum);
        assertThat(reclaimPolicy(source)).isEqualTo("Retain");
        shown.awaitCondition(KIND, "store", "Ready", "True AllReady");
    }

    /** P14: an operator that is killed at any point is followed by one that goes on. */
    @Test
    void killedInEveryStateItIsFollowedByOneThatGoesOn() throws Exception {
        String first = started("Delete");
        String source = volume();

        store.order("");
        for (RelocationState state : List.of(
                RelocationState.PREPARING,
                RelocationState.STOPPING,
                RelocationState.COPYING,
                RelocationState.ATTACHING,
                RelocationState.STARTING,
                RelocationState.RELEASING,
                RelocationState.CLEANING)) {
            store.await(relocation -> Relocated.states(relocation).contains(state));
            operator.kill();
            operator = stage.keep(setup().named("operator-after-" + state).start());
        }
        ServiceRelocation done = store.ended();

        assertThat(done.state()).as("%s", done).isEqualTo(RelocationState.SUCCEEDED);
        assertThat(store.node()).isEqualTo(done.to()).isNotEqualTo(first);
        assertThat(checksum(file(volume()))).isEqualTo(checksum);
        assertThat(file(source)).doesNotExist();
        nothingIsLeftOn(first);
    }

    private String started(String reclaimPolicy) {
        testbed.apply(Services.nodeLocalClaim("data-0", reclaimPolicy));
        testbed.apply(Services.service("store", "", Services.withClaim("db", "relocation: LiveOrCold")));
        shown.awaitCondition(KIND, "store", "Ready", "True AllReady");
        checksum = write(file(volume()));
        return store.node();
    }

    private PersistentVolumeClaim claim() {
        return testbed.client()
                .persistentVolumeClaims()
                .inNamespace("default")
                .withName("data-0")
                .get();
    }

    private String volume() {
        return claim().getSpec().getVolumeName();
    }

    private String reclaimPolicy(String volume) {
        return testbed.client()
                .persistentVolumes()
                .withName(volume)
                .get()
                .getSpec()
                .getPersistentVolumeReclaimPolicy();
    }

    private Path file(String volume) {
        return testbed.player().volumes().folder(volume).resolve(DISK);
    }

    /** No path, pod, claim, volume or label. */
    private void nothingIsLeftOn(String node) {
        assertThat(store.boundTo()).as("nothing binds it").isNull();
        assertThat(store.podsOn(node)).isEmpty();
        assertThat(names(testbed.client().persistentVolumeClaims().inNamespace("default").list().getItems().stream()))
                .containsExactly("data-0");
        List<PersistentVolume> volumes =
                testbed.client().persistentVolumes().list().getItems();
        assertThat(names(volumes.stream())).containsExactly(volume());
        assertThat(volumes.getFirst().getMetadata().getAnnotations().keySet())
                .noneMatch(key -> key.startsWith("drover.dev/"));
        assertThat(
                        names(testbed
                                .client()
                                .pods()
                                .inNamespace("default")
                                .withLabel("drover.dev/copy")
                                .list()
                                .getItems()
                                .stream()))
                .isEmpty();
        assertThat(
                        names(testbed
                                .client()
                                .secrets()
                                .inNamespace("default")
                                .withLabel("drover.dev/copy")
                                .list()
                                .getItems()
                                .stream()))
                .isEmpty();
    }

    private static List<String> names(Stream<? extends HasMetadata> objects) {
        return objects.map(object -> object.getMetadata().getName()).toList();
    }

    /** A disk of 48 MiB with a hole. */
    private static String write(Path file) {
        byte[] block = new byte[8 * MEBI];
        new Random(1).nextBytes(block);
        try (RandomAccessFile disk = new RandomAccessFile(file.toFile(), "rw")) {
            disk.write(block);
            disk.seek(32L * MEBI);
            disk.write(block);
            disk.setLength(48L * MEBI);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        return checksum(file);
    }

    private static String checksum(Path file) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (NoSuchAlgorithmException impossible) {
            throw new AssertionError(impossible);
        }
    }
}
