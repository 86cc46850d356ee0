package dev.drover.testbed.player;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.utils.Serialization;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MigratabilityTest {

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "a plain VM | {} | {} | {} | ''",
                "masquerade | {} | {networks: [{name: n, pod: {}}], domain: {devices: {interfaces: [{name: n, masquerade: {}}]}}} | {} | ''",
                "bridge | {} | {networks: [{name: n, pod: {}}], domain: {devices: {interfaces: [{name: n, bridge: {}}]}}} | {} | InterfaceNotLiveMigratable",
                "bridge that is allowed | {kubevirt.io/allow-pod-bridge-network-live-migration: ''} | {networks: [{name: n, pod: {}}], domain: {devices: {interfaces: [{name: n, bridge: {}}]}}} | {} | ''",
                "host device | {} | {domain: {devices: {hostDevices: [{name: d}]}}} | {} | HostDeviceNotLiveMigratable",
                "GPU | {} | {domain: {devices: {gpus: [{name: g}]}}} | {} | HostDeviceNotLiveMigratable",
                "claim for one node | {} | {volumes: [{name: v, persistentVolumeClaim: {claimName: c}}]} | {volumeStatus: [{name: v, persistentVolumeClaimInfo: {accessModes: [ReadWriteOnce]}}]} | DisksNotLiveMigratable",
                "claim for many nodes | {} | {volumes: [{name: v, persistentVolumeClaim: {claimName: c}}]} | {volumeStatus: [{name: v, persistentVolumeClaimInfo: {accessModes: [ReadWriteMany]}}]} | ''",
                "annotated | {test.drover.dev/not-migratable: 'SEVNotLiveMigratable: VMI uses SEV'} | {} | {} | SEVNotLiveMigratable",
            })
    void the_first_obstacle_is_named(String name, String annotations, String spec, String status, String reason) {
        var vmi = vmi(annotations, spec, status);

        assertThat(Migratability.obstacle(vmi)
                        .map(Migratability.Obstacle::reason)
                        .orElse(""))
                .isEqualTo(reason);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "{} | false",
                "{volumes: [{name: v, persistentVolumeClaim: {claimName: c}}]} | false",
                "{volumes: [{name: v, containerDisk: {image: i}}]} | true",
            })
    void disks_that_are_not_claims_are_copied(String spec, boolean copied) {
        assertThat(Migratability.copiesDisks(vmi("{}", spec, "{}"))).isEqualTo(copied);
    }

    private static VmiView vmi(String annotations, String spec, String status) {
        var yaml = "metadata: {name: web, namespace: default, annotations: %s}\nspec: %s\nstatus: %s\n"
                .formatted(annotations, spec, status);
        return new VmiView(Serialization.unmarshal(yaml, GenericKubernetesResource.class));
    }
}
