package dev.drover.testbed.player;

import static dev.drover.testbed.player.VmCluster.soon;
import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.testbed.OnTestbed;
import dev.drover.testbed.Testbed;
import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.Pod;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Pods that copy disks, with a small program in the place of the real one: what it finds, how it ends, and what ends it. */
@OnTestbed
class CopyPodsIT {

    private static final String DISKS = "--disks /disks --identity=/identity --report /dev/termination-log";

    /** Behind "sh -c" the arguments of the container are $0, $1 and so on. */
    private static final String WRITES_AND_REPORTS =
            """
            cat "${2#*=}/word" > "$1/0/disk.img"; printf done > "$4"
            """;

    private static final String FAILS = "printf 'the disk is full' > \"$4\"; exit 3";

    private static final String GOES_ON = "echo $$ > \"$1/0/pid\"; exec sleep 900";

    private final Testbed testbed;
    private final LocalClaims claims;

    CopyPodsIT(Testbed testbed) {
        this.testbed = testbed;
        this.claims = new LocalClaims(testbed);
    }

    @BeforeAll
    static void nodes(Testbed testbed) {
        new VmCluster(testbed).addNodes(2);
        new LocalClaims(testbed).addClasses();
        testbed.apply(
                """
                apiVersion: v1
                kind: Secret
                metadata: {name: word, namespace: default}
                stringData: {word: abracadabra}
                """);
    }

    @AfterEach
    void quiet() {
        testbed.player().faults().clear();
    }

    @Test
    void its_program_works_on_the_volumes_of_the_node_and_reports_how_it_ended() throws IOException {
        run(WRITES_AND_REPORTS);
        create("writer", "node-1", "copy");

        assertThat(end("writer", "Succeeded")).satisfies(end -> {
            assertThat(end.getExitCode()).isZero();
            assertThat(end.getReason()).isEqualTo("Completed");
            assertThat(end.getMessage()).isEqualTo("done");
        });
        assertThat(disk("writer").resolve("disk.img")).hasContent("abracadabra");
    }

    @Test
    void its_failure_is_told_with_its_code_and_its_report() {
        run(FAILS);
        create("failing", "node-1", "copy");

        assertThat(end("failing", "Failed")).satisfies(end -> {
            assertThat(end.getExitCode()).isEqualTo(3);
            assertThat(end.getReason()).isEqualTo("Error");
            assertThat(end.getMessage()).isEqualTo("the disk is full");
        });
    }

    @Test
    void its_program_ends_with_the_pod() {
        run(GOES_ON);
        create("deleted", "node-1", "copy");
        var process = process("deleted");

        testbed.client().pods().inNamespace("default").withName("deleted").delete();

        soon().until(() -> !process.isAlive());
        soon().untilAsserted(() -> assertThat(testbed.client()
                        .pods()
                        .inNamespace("default")
                        .withName("deleted")
                        .get())
                .isNull());
    }

    @Test
    void its_program_dies_with_its_node_which_tells_of_it_when_it_is_back() {
        run(GOES_ON);
        create("struck", "node-2", "copy");
        var process = process("struck");

        testbed.player().killNode("node-2");
        soon().until(() -> !process.isAlive());
        Awaitility.await()
                .during(Duration.ofSeconds(6))
                .atMost(Duration.ofSeconds(20))
                .untilAsserted(
                        () -> assertThat(pod("struck").getStatus().getPhase()).isEqualTo("Running"));
        testbed.player().reviveNode("node-2");

        assertThat(end("struck", "Failed").getReason()).isEqualTo("ContainerStatusUnknown");
    }

    @Test
    void it_fails_or_hangs_when_the_faults_say_so() {
        run(WRITES_AND_REPORTS);
        testbed.player()
                .faults()
                .nextCopyOn("node-1", new CopyFault.Fail("no space"))
                .nextCopyOn("node-1", new CopyFault.Hang());

        create("told-to-fail", "node-1", "copy");
        assertThat(end("told-to-fail", "Failed").getMessage()).isEqualTo("no space");
        assertThat(disk("told-to-fail").resolve("disk.img")).doesNotExist();

        create("told-to-hang", "node-1", "copy");
        staysRunning("told-to-hang");
        testbed.player().faults().clear();
        assertThat(end("told-to-hang", "Succeeded").getMessage()).isEqualTo("done");
    }

    @Test
    void it_never_starts_without_its_image_or_with_the_volume_of_another_node() {
        run(WRITES_AND_REPORTS);
        create("no-image", "node-1", "test.invalid/copy");
        create("first", "node-1", "copy");
        end("first", "Succeeded");
        // Past the scheduler, which would not let it come to this.
        pod("elsewhere", "first", "nodeName: node-2", "copy");

        staysRunning("no-image");
        staysRunning("elsewhere");
    }

    private void run(String script) {
        testbed.player().copyProgram(List.of("sh", "-c", script));
    }

    /** A pod with a claim of its own, both of that name. */
    private void create(String name, String node, String image) {
        claims.create(name, "delete", "Filesystem");
        pod(name, name, "nodeSelector: {kubernetes.io/hostname: %s}".formatted(node), image);
    }

    private void pod(String name, String claim, String place, String image) {
        testbed.apply(
                """
                apiVersion: v1
                kind: Pod
                metadata: {name: %s, namespace: default, labels: {drover.dev/copy: it}}
                spec:
                  %s
                  restartPolicy: Never
                  containers:
                  - name: copy
                    image: %s
                    args: [%s]
                    volumeMounts: [{name: disk, mountPath: /disks/0}, {name: word, mountPath: /identity, readOnly: true}]
                  volumes: [{name: disk, persistentVolumeClaim: {claimName: %s}}, {name: word, secret: {secretName: word}}]
                """
                        .formatted(name, place, image, DISKS.replace(" ", ", "), claim));
    }

    private Path disk(String claim) {
        return testbed.player().volumes().folder(claims.bound(claim));
    }

    private ProcessHandle process(String name) {
        var file = disk(name).resolve("pid");
        soon().until(() -> Files.exists(file) && !Files.readString(file).isBlank());
        try {
            return ProcessHandle.of(Long.parseLong(Files.readString(file).strip()))
                    .orElseThrow();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private void staysRunning(String name) {
        soon().untilAsserted(() -> assertThat(pod(name).getStatus().getPhase()).isEqualTo("Running"));
        Awaitility.await()
                .during(Duration.ofSeconds(4))
                .atMost(Duration.ofSeconds(20))
                .untilAsserted(
                        () -> assertThat(pod(name).getStatus().getPhase()).isEqualTo("Running"));
    }

    private ContainerStateTerminated end(String name, String phase) {
        soon().untilAsserted(() -> assertThat(pod(name).getStatus().getPhase()).isEqualTo(phase));
        return pod(name)
                .getStatus()
                .getContainerStatuses()
                .getFirst()
                .getState()
                .getTerminated();
    }

    private Pod pod(String name) {
        return testbed.client().pods().inNamespace("default").withName(name).require();
    }
}
