package dev.drover.admission;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the webhook reads from a launcher pod that is about to be created.
 *
 * @param instance the name of the virtual machine instance that controls it
 * @param instanceUid its uid
 * @param migration name of the VirtualMachineInstanceMigration whose target it is; null for a start
 * @param gated it carries the placement gate already, from an earlier call of this webhook
 */
record LauncherPod(
        String namespace,
        String instance,
        String instanceUid,
        Map<String, String> labels,
        Map<String, String> nodeSelector,
        @Nullable String migration,
        boolean gated) {
    static final String LAUNCHER_LABEL = "kubevirt.io";
    static final String LAUNCHER = "virt-launcher";
    private static final String MIGRATION_LABEL = "kubevirt.io/migrationJobUID";
    static final String MIGRATION_NAME = "kubevirt.io/migrationJobName";
    private static final String KUBEVIRT_GROUP = "kubevirt.io/";
    private static final String HOSTNAME_LABEL = "kubernetes.io/hostname";

    /**
     * Empty unless the pod is controlled by a virtual machine instance: anyone can set the launcher's label.
     *
     * @param namespace of the request
     */
    static Optional<LauncherPod> of(String namespace, JsonNode pod) {
        JsonNode metadata = pod.path("metadata");
        Map<String, String> labels = strings(metadata.path("labels"));
        if (!LAUNCHER.equals(labels.get(LAUNCHER_LABEL))) {
            return Optional.empty();
        }
        for (JsonNode owner : metadata.path("ownerReferences")) {
            if (owner.path("controller").asBoolean()) {
                return controlledByInstance(owner)
                        ? Optional.of(read(namespace, pod, labels, owner))
                        : Optional.empty();
            }
        }
        return Optional.empty();
    }

    boolean isMigrationTarget() {
        return migration != null;
    }

    /** Its author already named one node, as Drover's own migrations do: there is nothing left to choose. */
    boolean boundToNode() {
        return nodeSelector.containsKey(HOSTNAME_LABEL);
    }

    private static boolean controlledByInstance(JsonNode owner) {
        return "VirtualMachineInstance".equals(owner.path("kind").asText())
                && owner.path("apiVersion").asText().startsWith(KUBEVIRT_GROUP)
                && !owner.path("uid").asText().isEmpty();
    }

    private static LauncherPod read(String namespace, JsonNode pod, Map<String, String> labels, JsonNode owner) {
        return new LauncherPod(
                namespace.isEmpty() ? pod.path("metadata").path("namespace").asText() : namespace,
                owner.path("name").asText(),
                owner.path("uid").asText(),
                labels,
                strings(pod.path("spec").path("nodeSelector")),
                migration(pod, labels),
                gated(pod));
    }

    private static @Nullable String migration(JsonNode pod, Map<String, String> labels) {
        String uid = labels.get(MIGRATION_LABEL);
        return uid == null
                ? null
                : pod.path("metadata").path("annotations").path(MIGRATION_NAME).asText(uid);
    }

    private static boolean gated(JsonNode pod) {
        for (JsonNode gate : pod.path("spec").path("schedulingGates")) {
            if (DroverAnnotations.GATE.equals(gate.path("name").asText())) {
                return true;
            }
        }
        return false;
    }

    private static Map<String, String> strings(JsonNode object) {
        Map<String, String> values = new LinkedHashMap<>();
        object.properties()
                .forEach(entry -> values.put(entry.getKey(), entry.getValue().asText()));
        return values;
    }
}
