package dev.drover.testbed.player;

import static dev.drover.testbed.player.VmCluster.soon;
import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.copy.IdentityFiles;
import dev.drover.testbed.OnTestbed;
import dev.drover.testbed.Testbed;
import io.fabric8.kubernetes.api.model.Pod;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged program copies disks between two nodes, in pods as Drover makes them. */
@OnTestbed
class DiskCopyIT {

    private static final long SEED = 20261124;

    private final Testbed testbed;
    private final LocalClaims claims;

    DiskCopyIT(Testbed testbed) {
        this.testbed = testbed;
        this.claims = new LocalClaims(testbed);
    }

    @BeforeAll
    static void nodes(Testbed testbed, @TempDir Path folder) throws IOException {
        new VmCluster(testbed).addNodes(2);
        new LocalClaims(testbed).addClasses();
        IdentityFiles.make(folder);
        testbed.apply(
                """
                apiVersion: v1
                kind: Secret
                metadata: {name: identity, namespace: default}
                type: kubernetes.io/tls
                stringData:
                  tls.crt: |
                %s
                  tls.key: |
                %s
                """
                        .formatted(indented(folder.resolve("tls.crt")), indented(folder.resolve("tls.key"))));
    }

    @Test
    void a_file_and_a_device_arrive_on_the_other_node_as_they_were() throws IOException {
        for (var end : new String[] {"old", "new"}) {
            claims.create(end + "-files", "retain", "Filesystem");
            claims.create(end + "-device", "retain", "Block");
        }
        pod("receiver", "node-2", "new", "receive, --port, '8443'");
        soon().untilAsserted(
                        () -> assertThat(pod("receiver").getStatus().getPodIP()).isNotNull());
        // Its volumes are made with the pod, and hold something before its program looks at them.
        testbed.player().faults().nextCopyOn("node-1", new CopyFault.Hang());
        pod(
                "sender",
                "node-1",
                "old",
                "send, --to, '%s:8443'".formatted(pod("receiver").getStatus().getPodIP()));
        var file = folder("old-files").resolve("disk.img");
        var device = testbed.player().volumes().device(claims.bound("old-device"));
        fill(file);
        fill(device);
        testbed.player().faults().clear();

        soon().atMost(Duration.ofMinutes(3)).untilAsserted(() -> {
            assertThat(report("sender")).contains("\"sha256\"");
            assertThat(report("receiver")).isEqualTo(report("sender"));
        });
        assertThat(folder("new-files").resolve("disk.img")).hasSameBinaryContentAs(file);
        assertThat(testbed.player().volumes().device(claims.bound("new-device")))
                .hasSameBinaryContentAs(device);
    }

    /** Something at the start, something far behind it, and nothing between. */
    private static void fill(Path disk) throws IOException {
        var random = new Random(SEED);
        var bytes = new byte[100_000];
        try (var file = new RandomAccessFile(disk.toFile(), "rw")) {
            for (var at : new long[] {0, 40_000_000}) {
                random.nextBytes(bytes);
                file.seek(at);
                file.write(bytes);
            }
        }
    }

    private Path folder(String claim) {
        return testbed.player().volumes().folder(claims.bound(claim));
    }

    private void pod(String name, String node, String claims, String arguments) {
        testbed.apply(
                """
                apiVersion: v1
                kind: Pod
                metadata: {name: %1$s, namespace: default, labels: {drover.dev/copy: it}}
                spec:
                  nodeSelector: {kubernetes.io/hostname: %2$s}
                  restartPolicy: Never
                  containers:
                  - name: copy
                    image: drover
                    args: [copy, %4$s, --disks, /disks, --identity, /identity, --report, /dev/termination-log]
                    volumeMounts: [{name: files, mountPath: /disks/0}, {name: identity, mountPath: /identity, readOnly: true}]
                    volumeDevices: [{name: device, devicePath: /disks/1}]
                  volumes:
                  - {name: files, persistentVolumeClaim: {claimName: %3$s-files}}
                  - {name: device, persistentVolumeClaim: {claimName: %3$s-device}}
                  - {name: identity, secret: {secretName: identity}}
                """
                        .formatted(name, node, claims, arguments));
    }

    /** What a pod that has ended well says of what it has copied. */
    private String report(String name) {
        var status = pod(name).getStatus();
        assertThat(status.getPhase())
                .as("%s: %s", name, status.getContainerStatuses())
                .isEqualTo("Succeeded");
        return status.getContainerStatuses()
                .getFirst()
                .getState()
                .getTerminated()
                .getMessage();
    }

    private Pod pod(String name) {
        return testbed.client().pods().inNamespace("default").withName(name).require();
    }

    private static String indented(Path pem) throws IOException {
        return Files.readString(pem).indent(4).stripTrailing();
    }
}
