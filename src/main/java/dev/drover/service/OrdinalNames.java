package dev.drover.service;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * Gives each virtual machine of a template disks, claims, Secrets and ConfigMaps of its own: a dash and its number are added to the names
 * that the template has.
 */
final class OrdinalNames {
    private static final String[][] OF_VOLUMES = {
        {"dataVolume", "name"},
        {"persistentVolumeClaim", "claimName"},
        {"ephemeral", "persistentVolumeClaim", "claimName"},
        {"secret", "secretName"},
        {"configMap", "name"},
        {"cloudInitNoCloud", "secretRef", "name"},
        {"cloudInitNoCloud", "networkDataSecretRef", "name"},
        {"cloudInitConfigDrive", "secretRef", "name"},
        {"cloudInitConfigDrive", "networkDataSecretRef", "name"},
        {"sysprep", "secret", "name"},
        {"sysprep", "configMap", "name"}
    };
    private static final String[][] OF_CREDENTIALS = {
        {"sshPublicKey", "source", "secret", "secretName"},
        {"userPassword", "source", "secret", "secretName"}
    };

    private OrdinalNames() {}

    /** @param spec of a VirtualMachine; it is changed */
    static void give(ObjectNode spec, int ordinal) {
        spec.path("dataVolumeTemplates").forEach(disk -> extend(disk, ordinal, "metadata", "name"));
        JsonNode guest = spec.path("template").path("spec");
        guest.path("volumes").forEach(volume -> extendAll(volume, ordinal, OF_VOLUMES));
        guest.path("accessCredentials").forEach(credential -> extendAll(credential, ordinal, OF_CREDENTIALS));
    }

    private static void extendAll(JsonNode node, int ordinal, String[][] paths) {
        for (String[] path : paths) {
            extend(node, ordinal, path);
        }
    }

    private static void extend(JsonNode node, int ordinal, String... path) {
        JsonNode parent = node;
        for (int i = 0; i < path.length - 1; i++) {
            parent = parent.path(path[i]);
        }
        String field = path[path.length - 1];
        if (parent instanceof ObjectNode object && object.path(field).isTextual()) {
            object.put(field, object.get(field).textValue() + "-" + ordinal);
        }
    }
}
