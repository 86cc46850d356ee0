package dev.drover.testbed.player;

import io.fabric8.kubernetes.api.model.PersistentVolume;
import io.fabric8.kubernetes.api.model.PersistentVolumeBuilder;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.VolumeNodeAffinity;
import io.fabric8.kubernetes.api.model.VolumeNodeAffinityBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.HttpURLConnection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Makes and deletes node-local volumes as an external provisioner does that runs on each node: a volume for a claim once the scheduler has
 * chosen the node, and its end once the claim is gone and the reclaim policy says so. The controllers of Kubernetes bind and release. On a dead
 * node nothing is made or deleted. Belongs to the actor's thread.
 */
final class Provisioner {

    private static final Logger LOG = System.getLogger(Provisioner.class.getName());

    private static final String ASKED_FOR = "volume.kubernetes.io/storage-provisioner";
    private static final String SELECTED_NODE = "volume.kubernetes.io/selected-node";

    private final Scene scene;
    private final KubernetesClient client;
    private final LocalVolumes disks;
    private final Map<String, PersistentVolumeClaim> claims = new HashMap<>();
    private final Map<String, VolumeView> volumes = new HashMap<>();
    private final Set<String> busy = new HashSet<>();

    Provisioner(Scene scene, KubernetesClient client, LocalVolumes disks) {
        this.scene = scene;
        this.client = client;
        this.disks = disks;
    }

    void see(PersistentVolumeClaim claim) {
        claims.put(claim.getMetadata().getUid(), claim);
        look(claim);
    }

    void lost(PersistentVolumeClaim claim) {
        claims.remove(claim.getMetadata().getUid());
    }

    void see(PersistentVolume volume) {
        var view = VolumeView.of(volume);
        volumes.put(view.name(), view);
        look(view);
    }

    void lost(PersistentVolume volume) {
        volumes.remove(volume.getMetadata().getName());
    }

    void lookAtAll() {
        List.copyOf(claims.values()).forEach(this::look);
        List.copyOf(volumes.values()).forEach(this::look);
    }

    private void look(PersistentVolumeClaim claim) {
        var volume = "pvc-" + claim.getMetadata().getUid();
        if (volumes.containsKey(volume) || !waits(claim)) {
            return;
        }
        var node = annotation(claim, SELECTED_NODE);
        if (scene.world().alive(node)) {
            var hostname = scene.world().labels(node).getOrDefault(VolumeView.HOSTNAME, node);
            alone(volume, () -> make(volume, claim, hostname));
        }
    }

    private void look(VolumeView volume) {
        var reached = scene.world().nodes().stream()
                .anyMatch(node -> scene.world().alive(node.name()) && volume.isOn(node.labels()));
        if (volume.isToGo() && reached) {
            alone(volume.name(), () -> delete(volume.name()));
        }
    }

    /** Does one thing at a time for each volume. What fails is tried again when all are looked at the next time. */
    private void alone(String volume, Writes.Work work) {
        if (busy.add(volume)) {
            scene.writes().other(work, wrong -> {
                busy.remove(volume);
                wrong.ifPresent(error -> LOG.log(Level.WARNING, "The volume (" + volume + ") has to wait.", error));
            });
        }
    }

    private void make(String name, PersistentVolumeClaim claim, String hostname) throws IOException {
        var storage = claim.getSpec().getStorageClassName();
        var policy = client.storage()
                .v1()
                .storageClasses()
                .withName(storage)
                .require()
                .getReclaimPolicy();
        var volume = volume(name, claim)
                .editSpec()
                .withPersistentVolumeReclaimPolicy(policy)
                .withNewLocal()
                .withPath(disks.make(name, claim).toString())
                .endLocal()
                .withNodeAffinity(reachedFrom(hostname))
                .endSpec()
                .build();
        try {
            client.resource(volume).create();
        } catch (KubernetesClientException error) {
            // Made before, and not seen yet.
            if (error.getCode() != HttpURLConnection.HTTP_CONFLICT) {
                throw error;
            }
        }
    }

    private static PersistentVolumeBuilder volume(String name, PersistentVolumeClaim claim) {
        var meta = claim.getMetadata();
        var spec = claim.getSpec();
        return new PersistentVolumeBuilder()
                .withNewMetadata()
                .withName(name)
                .addToAnnotations(VolumeView.PROVISIONED_BY, LocalVolumes.PROVISIONER)
                .endMetadata()
                .withNewSpec()
                .withStorageClassName(spec.getStorageClassName())
                .withAccessModes(spec.getAccessModes())
                .withVolumeMode(spec.getVolumeMode())
                .addToCapacity("storage", spec.getResources().getRequests().get("storage"))
                .withNewClaimRef()
                .withApiVersion("v1")
                .withKind("PersistentVolumeClaim")
                .withNamespace(meta.getNamespace())
                .withName(meta.getName())
                .withUid(meta.getUid())
                .endClaimRef()
                .endSpec();
    }

    private static VolumeNodeAffinity reachedFrom(String hostname) {
        return new VolumeNodeAffinityBuilder()
                .withNewRequired()
                .addNewNodeSelectorTerm()
                .addNewMatchExpression()
                .withKey(VolumeView.HOSTNAME)
                .withOperator("In")
                .withValues(hostname)
                .endMatchExpression()
                .endNodeSelectorTerm()
                .endRequired()
                .build();
    }

    /** What was seen may be old: the volume may serve another claim by now. */
    private void delete(String name) {
        var volume = client.persistentVolumes().withName(name).get();
        if (volume != null && VolumeView.of(volume).isToGo()) {
            disks.delete(name);
            client.resource(volume).delete();
        }
    }

    /** Whether a claim is for this provisioner to serve, and the scheduler has chosen a node for it. */
    private static boolean waits(PersistentVolumeClaim claim) {
        var volume = Objects.requireNonNullElse(claim.getSpec().getVolumeName(), "");
        return volume.isEmpty()
                && "Pending".equals(claim.getStatus().getPhase())
                && annotation(claim, ASKED_FOR).equals(LocalVolumes.PROVISIONER)
                && !annotation(claim, SELECTED_NODE).isEmpty();
    }

    private static String annotation(PersistentVolumeClaim claim, String name) {
        var annotations = claim.getMetadata().getAnnotations();
        return annotations == null ? "" : annotations.getOrDefault(name, "");
    }
}
