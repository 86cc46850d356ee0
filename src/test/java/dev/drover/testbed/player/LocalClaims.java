package dev.drover.testbed.player;

import static dev.drover.testbed.player.VmCluster.soon;
import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.testbed.Testbed;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import java.util.Locale;
import java.util.stream.Stream;

/** Claims for node-local volumes, as the player's own tests need them: in the namespace default, of the classes delete and retain. */
record LocalClaims(Testbed testbed) {

    void addClasses() {
        Stream.of("Delete", "Retain")
                .forEach(policy -> testbed.apply(
                        """
                        apiVersion: storage.k8s.io/v1
                        kind: StorageClass
                        metadata: {name: %s}
                        provisioner: %s
                        volumeBindingMode: WaitForFirstConsumer
                        reclaimPolicy: %s
                        """
                                .formatted(policy.toLowerCase(Locale.ROOT), LocalVolumes.PROVISIONER, policy)));
    }

    void create(String name, String storage, String mode) {
        testbed.apply(
                """
                apiVersion: v1
                kind: PersistentVolumeClaim
                metadata: {name: %s, namespace: default}
                spec:
                  storageClassName: %s
                  accessModes: [ReadWriteOnce]
                  volumeMode: %s
                  resources: {requests: {storage: 64Mi}}
                """
                        .formatted(name, storage, mode));
    }

    /** The name of the volume that a claim is bound to, once it is. */
    String bound(String claim) {
        soon().untilAsserted(
                        () -> assertThat(claim(claim).getStatus().getPhase()).isEqualTo("Bound"));
        return claim(claim).getSpec().getVolumeName();
    }

    private PersistentVolumeClaim claim(String name) {
        return testbed.client()
                .persistentVolumeClaims()
                .inNamespace("default")
                .withName(name)
                .require();
    }
}
