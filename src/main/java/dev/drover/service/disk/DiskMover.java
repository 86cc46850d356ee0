package dev.drover.service.disk;

import dev.drover.api.v1alpha1.RelocationDisk;
import dev.drover.kubevirt.DiskObjects;
import dev.drover.kubevirt.KubeVirtApi;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** Brings the disks of a relocation one look further. What was done is seen at the next look. Safe for threads. */
public final class DiskMover {
    private static final int MOST_LOOKS = 4;
    private static final int UNPROCESSABLE = 422;

    private final DiskObjects objects;
    private final String image;
    private final CopyIdentity identity;
    private final InstantSource clock;

    /** @param image of this program, for the pods that copy; empty: nothing is copied */
    public DiskMover(DiskObjects objects, String image, SecureRandom random, InstantSource clock) {
        this.objects = objects;
        this.image = image;
        this.identity = new CopyIdentity(random);
        this.clock = clock;
    }

    /** Why no disk can be copied at all; empty when some can. */
    public String obstacle() {
        return image.isEmpty()
                ? "The operator may not copy disks: set features.diskCopies of the chart to Enabled."
                : "";
    }

    /**
     * Looks, and does what is to be done now. Idempotent.
     *
     * @param mayAct asked before the writes of each look (P7)
     * @throws KubernetesClientException when the API server does not answer as it should
     */
    public DiskProgress advance(DiskTask task, BooleanSupplier mayAct) {
        DiskProgress progress = DiskProgress.Underway.waiting("");
        for (int look = 0; look < MOST_LOOKS; look++) {
            Pass pass = new DiskCourse(task, scene(task), new CopyPods(image)).next();
            progress = pass.progress();
            if (pass.acts().isEmpty() || !mayAct.getAsBoolean()) {
                return progress;
            }
            String refusal = take(task, pass.acts());
            if (!refusal.isEmpty()) {
                return task.aim() == DiskAim.PREPARE
                        ? new DiskProgress.Failed(refusal)
                        : DiskProgress.Underway.waiting(refusal);
            }
        }
        return progress;
    }

    private DiskScene scene(DiskTask task) {
        List<DiskScene.Seen> disks = new ArrayList<>();
        for (int number = 0; number < task.disks().size(); number++) {
            RelocationDisk disk = task.disks().get(number);
            PersistentVolumeClaim copy =
                    objects.claim(task.namespace(), task.claimFor(number)).orElse(null);
            String made = copy == null ? null : copy.getSpec().getVolumeName();
            String target = disk.target() == null ? made : disk.target();
            disks.add(new DiskScene.Seen(
                    number,
                    disk,
                    objects.claim(task.namespace(), disk.claim()).orElse(null),
                    objects.volume(disk.source()).orElse(null),
                    copy,
                    Optional.ofNullable(target)
                            .filter(name -> !name.isEmpty())
                            .flatMap(objects::volume)
                            .orElse(null)));
        }
        return new DiskScene(
                disks,
                objects.pod(task.namespace(), task.sender()).orElse(null),
                objects.pod(task.namespace(), task.receiver()).orElse(null));
    }

    /** @return what the API server did not take, in its words; empty when it took all */
    private String take(DiskTask task, List<Act> acts) {
        try {
            acts.forEach(act -> take(task, act));
            return "";
        } catch (KubernetesClientException error) {
            return switch (error.getCode()) {
                case HttpURLConnection.HTTP_BAD_REQUEST,
                        HttpURLConnection.HTTP_FORBIDDEN,
                        HttpURLConnection.HTTP_CONFLICT,
                        UNPROCESSABLE -> KubeVirtApi.said(error);
                default -> throw error;
            };
        }
    }

    private void take(DiskTask task, Act act) {
        switch (act) {
            case Act.Create create -> objects.create(create.object());
            case Act.CreateIdentity create ->
                objects.create(new SecretBuilder()
                        .withNewMetadata()
                        .withNamespace(task.namespace())
                        .withName(create.name())
                        .withLabels(Map.of(CopyPods.LABEL, task.name()))
                        .endMetadata()
                        .withType("kubernetes.io/tls")
                        .withStringData(identity.issue(clock.instant()))
                        .build());
            case Act.DeleteIdentity delete -> objects.deleteSecret(task.namespace(), delete.name());
            case Act.DeletePod delete -> objects.delete(delete.pod());
            case Act.DeleteClaim delete -> objects.delete(delete.claim());
            case Act.Change change -> objects.change(change.volume(), change.patch());
        }
    }
}
