package dev.drover.admission;

import dev.drover.kubevirt.PodAddress;
import dev.drover.kubevirt.SlimPod;
import dev.drover.status.Subject;
import io.fabric8.kubernetes.api.model.OwnerReference;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A pod that the placement gate holds.
 *
 * @param instanceUid empty when no virtual machine instance controls it: somebody else set the gate
 * @param migration name of the migration whose target it is; null for a start
 * @param deadline from then on any replica removes the gate
 */
record GatedPod(
        SlimPod pod,
        PodAddress address,
        String instanceUid,
        @Nullable String migration,
        Instant created,
        Instant deadline) {

    /** @param longest the deadline is at most this long after the creation, whatever the annotation says: anyone may write it */
    static GatedPod of(SlimPod pod, Duration longest) {
        Instant created = Instant.parse(pod.getMetadata().getCreationTimestamp());
        Map<String, String> annotations = annotations(pod);
        return new GatedPod(
                pod,
                PodAddress.of(pod),
                pod.instanceUid().orElse(""),
                pod.migrationUid()
                        .map(uid -> annotations.getOrDefault(LauncherPod.MIGRATION_NAME, uid))
                        .orElse(null),
                created,
                earlier(created.plus(longest), annotations.get(DroverAnnotations.DEADLINE)));
    }

    /** The gang that it starts with; a virtual machine that runs already moves alone. */
    Optional<Membership> membership() {
        return migration == null ? Membership.of(address.namespace(), labels()) : Optional.empty();
    }

    /** What is wrong with what it says about its gang. */
    Optional<String> fault() {
        return migration == null ? Membership.fault(labels()) : Optional.empty();
    }

    private Map<String, String> labels() {
        Map<String, String> labels = pod.getMetadata().getLabels();
        return labels == null ? Map.of() : labels;
    }

    String uid() {
        return address.uid();
    }

    boolean overdue(Instant now) {
        return !deadline.isAfter(now);
    }

    /** Where people look: the instance; the pod when there is none. */
    Subject subject() {
        for (OwnerReference owner : pod.getMetadata().getOwnerReferences()) {
            if (owner.getUid().equals(instanceUid)) {
                return new Subject(
                        owner.getApiVersion(), owner.getKind(), address.namespace(), owner.getName(), instanceUid);
            }
        }
        return Subject.of(pod);
    }

    private static Instant earlier(Instant limit, @Nullable String annotation) {
        if (annotation == null) {
            return limit;
        }
        try {
            Instant asked = Instant.parse(annotation);
            return asked.isBefore(limit) ? asked : limit;
        } catch (DateTimeParseException notATime) {
            return limit;
        }
    }

    private static Map<String, String> annotations(SlimPod pod) {
        Map<String, String> annotations = pod.getMetadata().getAnnotations();
        return annotations == null ? Map.of() : annotations;
    }
}
