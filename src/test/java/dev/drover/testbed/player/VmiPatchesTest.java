package dev.drover.testbed.player;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.fabric8.zjsonpatch.JsonPatch;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Each patch applied to a VMI, since what counts is what comes out. */
class VmiPatchesTest {

    private static final String NOW = "2026-01-01T00:00:00Z";

    private static final VmiView MIGRATING = vmi(
            """
            metadata:
              labels:
                kubevirt.io/nodeName: node-1
                kubevirt.io/migrationTargetNodeName: node-2
                kubevirt.io/outdatedLauncherImage: ""
                kubevirt.io/vmi-pod-memory-resource-requests: 1Gi
              annotations: {kubevirt.io/eviction-source: descheduler}
            spec: {domain: {cpu: {cores: 4, sockets: 2}, memory: {guest: 8Gi}}}
            status:
              phase: Running
              nodeName: node-1
              evacuationNodeName: node-1
              launcherContainerImageVersion: old
              memory: {guestCurrent: 4Gi, memoryOverhead: 200Mi}
              currentCPUTopology: {cores: 2}
              conditions:
              - {type: Paused, status: "True", reason: PausedByMigrationMonitor}
              - {type: Ready, status: "True"}
              - {type: MigrationRequired, status: "True"}
              - {type: HotVCPUChange, status: "True"}
              - {type: HotMemoryChange, status: "True"}
              migrationState: {migrationUid: m, sourceNode: node-1, targetNode: node-2, targetMemoryOverhead: 300Mi}
            """);

    @Test
    void a_start_adds_its_conditions_to_those_of_virt_controller() {
        var vmi = vmi(
                """
                metadata: {annotations: {test.drover.dev/not-migratable: "SEVNotLiveMigratable: VMI uses SEV"}}
                spec: {domain: {machine: {type: q35}}}
                status: {phase: Scheduled, conditions: [{type: Ready, status: "True"}], phaseTransitionTimestamps: [{phase: Scheduled}]}
                """);
        var labels = Map.of(
                "machine-type.node.kubevirt.io/pc-q35-rhel9.4.0",
                "true",
                "machine-type.node.kubevirt.io/pc-q35-rhel9.6.0",
                "true");

        var started = apply(vmi, VmiPatches.start(vmi, labels, NOW));

        assertThat(started.phase()).isEqualTo("Running");
        assertThat(started.text("status", "machine", "type")).isEqualTo("pc-q35-rhel9.6.0");
        assertThat(started.conditions())
                .extracting("type", "status")
                .containsExactly(
                        tuple("Ready", "True"),
                        tuple("LiveMigratable", "False"),
                        tuple("StorageLiveMigratable", "True"));
        assertThat(started.maps("status", "phaseTransitionTimestamps")).hasSize(2);
    }

    @Test
    void an_arrival_moves_the_vmi_to_its_target() {
        var arrived = apply(
                MIGRATING, VmiPatches.arrive(MIGRATING, MIGRATING.migration().orElseThrow(), NOW));

        assertThat(arrived.node()).isEqualTo("node-2");
        assertThat(arrived.labels())
                .containsEntry("kubevirt.io/nodeName", "node-2")
                .containsKey(VmiView.TARGET_LABEL)
                .doesNotContainKey("kubevirt.io/outdatedLauncherImage");
        assertThat(arrived.annotations()).isEmpty();
        assertThat(arrived.text("status", "evacuationNodeName")).isEmpty();
        assertThat(arrived.text("status", "launcherContainerImageVersion")).isEmpty();
        assertThat(arrived.text("status", "memory", "memoryOverhead")).isEqualTo("300Mi");
        assertThat(arrived.conditions())
                .extracting("type")
                .containsExactly("Ready", "HotVCPUChange", "HotMemoryChange");
        assertThat(arrived.migration().orElseThrow().is("completed")).isFalse();
    }

    @Test
    void a_completion_makes_the_hotplug_real() {
        var completed = apply(
                MIGRATING, VmiPatches.complete(MIGRATING, MIGRATING.migration().orElseThrow()));

        assertThat(completed.cores()).isEqualTo(8);
        assertThat(completed.memory()).isEqualTo(8.0 * (1L << 30));
        assertThat(completed.labels()).containsOnlyKeys("kubevirt.io/nodeName", "kubevirt.io/outdatedLauncherImage");
        assertThat(completed.conditions()).extracting("type").containsExactly("Paused", "Ready", "MigrationRequired");
        assertThat(completed.migration().orElseThrow().stage()).isEqualTo(MigrationState.Stage.OVER);
    }

    @Test
    void a_failure_leaves_the_vmi_running_where_it_is() {
        var failed = apply(
                MIGRATING, VmiPatches.fail(MIGRATING, MIGRATING.migration().orElseThrow(), "broken", NOW));

        assertThat(failed.node()).isEqualTo("node-1");
        assertThat(failed.phase()).isEqualTo("Running");
        assertThat(failed.migration().orElseThrow().failed()).isTrue();
        assertThat(failed.migration().orElseThrow().text("failureReason")).isEqualTo("broken");
        assertThat(failed.conditions())
                .as("the guest goes on")
                .extracting("type")
                .doesNotContain("Paused");
    }

    private static VmiView apply(VmiView vmi, dev.drover.testbed.player.JsonPatch patch) {
        var mapper = Serialization.jsonMapper();
        var patched = JsonPatch.apply(
                Serialization.unmarshal(patch.toString(), com.fasterxml.jackson.databind.JsonNode.class),
                mapper.valueToTree(vmi.resource()));
        return new VmiView(mapper.convertValue(patched, GenericKubernetesResource.class));
    }

    private static VmiView vmi(String yaml) {
        return new VmiView(Serialization.unmarshal(yaml, GenericKubernetesResource.class));
    }
}
