package dev.drover.service.disk;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.drover.api.v1alpha1.RelocationDisk;
import io.fabric8.kubernetes.api.model.ObjectReferenceBuilder;
import io.fabric8.kubernetes.api.model.PersistentVolume;
import io.fabric8.kubernetes.api.model.PersistentVolumeBuilder;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodStatusBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Claims, volumes and pods as Kubernetes' volume controller and a driver of node-local volumes treat them: what is bound to a claim that is
 * gone is reclaimed, a claim that a pod uses stays until that pod is gone, and what waits for a name is bound to whoever comes with it.
 */
final class Storage {
    static final Instant ORDERED = Instant.parse("2026-01-01T12:00:00Z");
    private static final String CLAIM = "data-0";
    private static final String DELETED = "2026-01-01T12:00:00Z";

    private final Map<String, PersistentVolumeClaim> claims = new TreeMap<>();
    private final Map<String, PersistentVolume> volumes = new TreeMap<>();
    private final Map<String, Pod> pods = new TreeMap<>();
    /** What is in a volume, by its name; what was deleted is not there any more. */
    final Map<String, String> data = new TreeMap<>();

    final List<String> log = new ArrayList<>();
    private final String reclaimPolicy;
    private int numbers;

    /** The virtual machine runs, which keeps its claim in use. */
    boolean running;

    /** What the pods of a copy end with. */
    String senderEnds = "Succeeded";

    String receiverEnds = "Succeeded";

    Storage(String reclaimPolicy) {
        this.reclaimPolicy = reclaimPolicy;
        claims.put(CLAIM, claim(CLAIM, "pv-old"));
        volumes.put("pv-old", volume("pv-old", CLAIM, uidOf(CLAIM)));
        data.put("pv-old", "precious");
        settle();
    }

    private PersistentVolumeClaim claim(String name, @Nullable String volume) {
        return new PersistentVolumeClaimBuilder()
                .withNewMetadata()
                .withNamespace("default")
                .withName(name)
                .withUid("claim-" + numbers++)
                .withLabels(Map.of("app", "db"))
                .withAnnotations(Map.of("pv.kubernetes.io/bind-completed", "yes", "note", "kept"))
                .endMetadata()
                .withNewSpec()
                .withAccessModes("ReadWriteOnce")
                .withStorageClassName("local")
                .withVolumeName(volume)
                .withNewResources()
                .withRequests(Map.of("storage", new Quantity("1Gi")))
                .endResources()
                .endSpec()
                .withNewStatus()
                .withPhase("Pending")
                .endStatus()
                .build();
    }

    private PersistentVolume volume(String name, String claim, String uid) {
        return new PersistentVolumeBuilder()
                .withNewMetadata()
                .withName(name)
                .withUid("volume-" + numbers++)
                .withResourceVersion("1")
                .endMetadata()
                .withNewSpec()
                .withCapacity(Map.of("storage", new Quantity("2Gi")))
                .withPersistentVolumeReclaimPolicy(reclaimPolicy)
                .withClaimRef(new ObjectReferenceBuilder()
                        .withNamespace("default")
                        .withName(claim)
                        .withUid(uid)
                        .build())
                .endSpec()
                .build();
    }

    private String uidOf(String claim) {
        return claims.get(claim).getMetadata().getUid();
    }

    DiskTask task(DiskAim aim, List<RelocationDisk> disks) {
        return new DiskTask("default", "db-0", ORDERED, "node-1", "node-2", disks, aim);
    }

    static List<RelocationDisk> unprepared() {
        return List.of(new RelocationDisk(CLAIM, "pv-old", null, null));
    }

    Pass look(DiskTask task) {
        return new DiskCourse(task, scene(task), new CopyPods("drover:1")).next();
    }

    private DiskScene scene(DiskTask task) {
        RelocationDisk disk = task.disks().getFirst();
        PersistentVolumeClaim copy = claims.get(task.claimFor(0));
        String target = disk.target() != null
                ? disk.target()
                : copy == null ? null : copy.getSpec().getVolumeName();
        return new DiskScene(
                List.of(new DiskScene.Seen(
                        0,
                        disk,
                        claims.get(CLAIM),
                        volumes.get(disk.source()),
                        copy,
                        target == null ? null : volumes.get(target))),
                pods.get(task.sender()),
                pods.get(task.receiver()));
    }

    void take(Act act) {
        log.add(act.getClass().getSimpleName());
        switch (act) {
            case Act.Create create
            when create.object() instanceof PersistentVolumeClaim claim ->
                claims.putIfAbsent(
                        claim.getMetadata().getName(),
                        new PersistentVolumeClaimBuilder(claim)
                                .editMetadata()
                                .withUid("claim-" + numbers++)
                                .endMetadata()
                                .withNewStatus()
                                .withPhase("Pending")
                                .endStatus()
                                .build());
            case Act.Create create
            when create.object() instanceof Pod pod ->
                pods.putIfAbsent(
                        pod.getMetadata().getName(),
                        new PodBuilder(pod)
                                .withStatus(new PodStatusBuilder()
                                        .withPhase("Pending")
                                        .build())
                                .build());
            case Act.Create other -> throw new AssertionError(other);
            case Act.CreateIdentity _, Act.DeleteIdentity _ -> {}
            case Act.DeletePod delete -> pods.remove(delete.pod().getMetadata().getName());
            case Act.DeleteClaim delete -> {
                PersistentVolumeClaim claim =
                        claims.get(delete.claim().getMetadata().getName());
                if (claim != null
                        && claim.getMetadata()
                                .getUid()
                                .equals(delete.claim().getMetadata().getUid())) {
                    claim.getMetadata().setDeletionTimestamp(DELETED);
                }
            }
            case Act.Change change -> change(change.volume().getMetadata().getName(), change.patch());
        }
    }

    private void change(String name, JsonNode patch) {
        PersistentVolume volume = volumes.get(name);
        if (volume == null) {
            return;
        }
        assertThat(patch.at("/metadata/uid").asText())
                .isEqualTo(volume.getMetadata().getUid());
        Map<String, String> annotations = volume.getMetadata().getAnnotations() == null
                ? new HashMap<>()
                : new HashMap<>(volume.getMetadata().getAnnotations());
        patch.at("/metadata/annotations").properties().forEach(each -> {
            if (each.getValue().isNull()) {
                annotations.remove(each.getKey());
            } else {
                annotations.put(each.getKey(), each.getValue().asText());
            }
        });
        volume.getMetadata().setAnnotations(annotations);
        JsonNode spec = patch.get("spec");
        if (spec.has("persistentVolumeReclaimPolicy")) {
            volume.getSpec()
                    .setPersistentVolumeReclaimPolicy(
                            spec.get("persistentVolumeReclaimPolicy").asText());
        }
        if (spec.has("claimRef")) {
            JsonNode reference = spec.get("claimRef");
            volume.getSpec().getClaimRef().setName(reference.get("name").asText());
            volume.getSpec()
                    .getClaimRef()
                    .setUid(
                            reference.get("uid").isNull()
                                    ? null
                                    : reference.get("uid").asText());
        }
    }

    /** What Kubernetes, the driver and the pods do in their own time. */
    void settle() {
        pods.values().forEach(this::run);
        claims.values().removeIf(claim -> claim.getMetadata().getDeletionTimestamp() != null && !inUse(claim));
        claims.values().forEach(this::bind);
        volumes.values().removeIf(volume -> {
            boolean reclaimed =
                    isReleased(volume) && "Delete".equals(volume.getSpec().getPersistentVolumeReclaimPolicy());
            if (reclaimed) {
                data.remove(volume.getMetadata().getName());
            }
            return reclaimed;
        });
    }

    private boolean inUse(PersistentVolumeClaim claim) {
        String name = claim.getMetadata().getName();
        return running && name.equals(CLAIM)
                || pods.values().stream()
                        .filter(pod -> !CopyReport.succeeded(pod) && !CopyReport.failed(pod))
                        .flatMap(pod -> pod.getSpec().getVolumes().stream())
                        .anyMatch(volume -> volume.getPersistentVolumeClaim() != null
                                && name.equals(volume.getPersistentVolumeClaim().getClaimName()));
    }

    private boolean isReleased(PersistentVolume volume) {
        String uid = volume.getSpec().getClaimRef().getUid();
        PersistentVolumeClaim claim = claims.get(volume.getSpec().getClaimRef().getName());
        return uid != null && (claim == null || !uid.equals(claim.getMetadata().getUid()));
    }

    private void bind(PersistentVolumeClaim claim) {
        String name = claim.getMetadata().getName();
        String wanted = claim.getSpec().getVolumeName();
        if (wanted == null) {
            volumes.values().stream()
                    .filter(volume -> VolumeNotes.isReservedFor(volume, "default", name))
                    .findFirst()
                    .ifPresent(volume ->
                            claim.getSpec().setVolumeName(volume.getMetadata().getName()));
            boolean used = pods.values().stream()
                    .anyMatch(pod -> CopyReport.isIn(pod, "Pending")
                            && pod.getMetadata().getName().endsWith("-receive"));
            if (claim.getSpec().getVolumeName() == null && used && !name.equals(CLAIM)) {
                String made = "pv-new-" + numbers++;
                volumes.put(made, volume(made, name, claim.getMetadata().getUid()));
                data.put(made, "");
                claim.getSpec().setVolumeName(made);
            }
        }
        PersistentVolume volume = volumes.get(String.valueOf(claim.getSpec().getVolumeName()));
        if (volume != null && VolumeNotes.isReservedFor(volume, "default", name)) {
            volume.getSpec().getClaimRef().setUid(claim.getMetadata().getUid());
        }
        if (volume != null
                && claim.getMetadata()
                        .getUid()
                        .equals(volume.getSpec().getClaimRef().getUid())) {
            claim.getStatus().setPhase("Bound");
        }
    }

    private void run(Pod pod) {
        boolean sends = pod.getMetadata().getName().endsWith("-send");
        if (CopyReport.isIn(pod, "Pending")) {
            String claim = pod.getSpec()
                    .getVolumes()
                    .getFirst()
                    .getPersistentVolumeClaim()
                    .getClaimName();
            if ("Bound".equals(claims.get(claim).getStatus().getPhase())) {
                pod.getStatus().setPhase("Running");
                pod.getStatus().setPodIP("10.0.0.7");
            }
        } else if (sends && CopyReport.isIn(pod, "Running")) {
            String target = claims.values().stream()
                    .filter(claim -> claim.getMetadata().getName().startsWith("drover-copy-"))
                    .map(claim -> claim.getSpec().getVolumeName())
                    .findFirst()
                    .orElseThrow();
            String content = data.get(claims.get(CLAIM).getSpec().getVolumeName());
            data.put(target, content);
            end(pod, senderEnds, content);
            pods.values().stream()
                    .filter(other -> other.getMetadata().getName().endsWith("-receive"))
                    .forEach(receiver -> end(receiver, receiverEnds, content));
        }
    }

    private static void end(Pod pod, String phase, String content) {
        String message = phase.equals("Succeeded")
                ? "{\"disks\": [{\"name\": \"0\", \"bytes\": 8, \"sha256\": \"sum of %s\"}]}".formatted(content)
                : "The connection broke.";
        pod.setStatus(new PodStatusBuilder(pod.getStatus())
                .withPhase(phase)
                .addNewContainerStatus()
                .withName("copy")
                .withNewState()
                .withNewTerminated()
                .withExitCode(phase.equals("Succeeded") ? 0 : 1)
                .withMessage(message)
                .endTerminated()
                .endState()
                .endContainerStatus()
                .build());
    }

    /** Goes on until it is done or has failed. */
    DiskProgress reach(DiskTask task) {
        for (int i = 0; i < 50; i++) {
            Pass pass = look(task);
            pass.acts().forEach(this::take);
            if (pass.acts().isEmpty() && !(pass.progress() instanceof DiskProgress.Underway)) {
                return pass.progress();
            }
            settle();
        }
        throw new AssertionError("It never comes to an end: " + look(task).progress());
    }

    /** What the virtual machine would read; empty when its claim is bound to nothing. */
    String read() {
        PersistentVolumeClaim claim = claims.get(CLAIM);
        String volume = claim == null || !"Bound".equals(claim.getStatus().getPhase())
                ? null
                : claim.getSpec().getVolumeName();
        return volume == null ? "" : data.getOrDefault(volume, "lost");
    }

    @Nullable
    PersistentVolumeClaim claim() {
        return claims.get(CLAIM);
    }

    Map<String, PersistentVolume> volumes() {
        return volumes;
    }

    /** Nothing is there but the claim of the virtual machine. */
    boolean isClean() {
        return pods.isEmpty()
                && claims.keySet().equals(java.util.Set.of(CLAIM))
                && volumes.values().stream()
                        .noneMatch(volume -> volume.getMetadata().getAnnotations() != null
                                && !volume.getMetadata().getAnnotations().isEmpty());
    }

    void someoneMakesTheClaimAnew() {
        claims.put(CLAIM, claim(CLAIM, null));
    }
}
