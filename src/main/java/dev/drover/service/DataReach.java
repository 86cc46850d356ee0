package dev.drover.service;

import com.fasterxml.jackson.databind.JsonNode;
import dev.drover.api.v1alpha1.RelocationDisk;
import dev.drover.kubevirt.Surroundings;
import dev.drover.model.Selector;
import dev.drover.model.VmId;
import dev.drover.observe.SelectorReader;
import io.fabric8.kubernetes.api.model.PersistentVolume;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * From which nodes the disks of one virtual machine can be reached.
 *
 * @param refusal why it cannot be told, or why they stay where they are; empty when they can be reached from other nodes too
 * @param bound the volumes that only some nodes reach
 */
record DataReach(String refusal, List<Bound> bound) {
    private static final String NAME = "name";

    /** What is made anew at each start, or comes from the API server or a registry. */
    private static final Set<String> NOT_KEPT = Set.of(
            "containerDisk",
            "cloudInitNoCloud",
            "cloudInitConfigDrive",
            "sysprep",
            "configMap",
            "secret",
            "downwardAPI",
            "serviceAccount",
            "emptyDisk",
            "downwardMetrics");

    /**
     * A volume with a node affinity.
     *
     * @param terms of which one has to match a node
     * @param stuck why it cannot be copied to a node that does not reach it; empty when it can
     */
    record Bound(String claim, String volume, List<Selector> terms, String stuck) {
        boolean reachedFrom(Map<String, String> labels) {
            return terms.stream().anyMatch(term -> term.matches(labels));
        }
    }

    /** @param obstacle why nothing can be copied; empty when it can */
    static DataReach of(Surroundings surroundings, VmId id, String obstacle) {
        String namespace = id.namespace();
        String machine = id.name();
        List<JsonNode> kept = surroundings.volumesOfMachine(namespace, machine);
        Set<String> names =
                kept.stream().map(volume -> volume.path(NAME).asText()).collect(Collectors.toSet());
        for (JsonNode present : surroundings.volumesOfInstance(namespace, machine)) {
            String name = present.path(NAME).asText();
            if (!names.contains(name)) {
                return refused(
                        "The volume (%s) is attached to the running instance only, and would be lost by a stop. Detach it, or attach it to the virtual machine."
                                .formatted(name));
            }
        }
        List<Bound> bound = new ArrayList<>();
        for (JsonNode volume : kept) {
            String claim = claim(volume);
            String stuck =
                    volume.has("ephemeral") ? "It is the base of an ephemeral disk, which others may share." : obstacle;
            String refusal = claim.isEmpty()
                    ? withoutClaim(volume)
                    : read(new Copyable(surroundings, namespace, machine, stuck), claim, bound);
            if (!refusal.isEmpty()) {
                return refused(refusal);
            }
        }
        return new DataReach("", List.copyOf(bound));
    }

    private static DataReach refused(String why) {
        return new DataReach(why, List.of());
    }

    private static String claim(JsonNode volume) {
        String own = volume.at("/persistentVolumeClaim/claimName").asText();
        String made = volume.at("/dataVolume/name").asText();
        String base = volume.at("/ephemeral/persistentVolumeClaim/claimName").asText();
        return !own.isEmpty() ? own : !made.isEmpty() ? made : base;
    }

    private static String withoutClaim(JsonNode volume) {
        for (Map.Entry<String, JsonNode> member : volume.properties()) {
            if (!member.getKey().equals(NAME) && !NOT_KEPT.contains(member.getKey())) {
                return "The volume (%s) is of the kind (%s), which stays on its node or is not known to move. Use a claim for it."
                        .formatted(volume.path(NAME).asText(), member.getKey());
            }
        }
        return "";
    }

    /** @return why it stays where it is; empty when it does not */
    private static String read(Copyable copyable, String name, List<Bound> bound) {
        Surroundings surroundings = copyable.surroundings();
        Optional<PersistentVolumeClaim> claim = surroundings.claim(copyable.namespace(), name);
        String volumeName = claim.map(found -> found.getSpec().getVolumeName()).orElse(null);
        if (volumeName == null || volumeName.isEmpty()) {
            return "The claim (%s) has no volume, so nobody can tell where its data is.".formatted(name);
        }
        Optional<PersistentVolume> volume = surroundings.volume(volumeName);
        if (volume.isEmpty()) {
            return "The volume (%s) of the claim (%s) is gone.".formatted(volumeName, name);
        }
        PersistentVolume found = volume.get();
        boolean affine = found.getSpec().getNodeAffinity() != null
                && found.getSpec().getNodeAffinity().getRequired() != null;
        if (affine) {
            bound.add(new Bound(
                    name,
                    volumeName,
                    found.getSpec().getNodeAffinity().getRequired().getNodeSelectorTerms().stream()
                            .map(SelectorReader::read)
                            .toList(),
                    copyable.stuck(claim.get())));
        } else if (found.getSpec().getHostPath() != null) {
            return "The volume (%s) of the claim (%s) is a path on its node (hostPath).".formatted(volumeName, name);
        }
        return "";
    }

    /** What has to be copied to a node with these labels, so that it is reached from there. */
    List<RelocationDisk> copies(Map<String, String> labels) {
        return bound.stream()
                .filter(volume -> !volume.reachedFrom(labels))
                .map(volume -> new RelocationDisk(volume.claim(), volume.volume(), null, null))
                .toList();
    }

    /** Why it cannot be reached from a node with these labels, and not be copied there either; empty when it can. */
    String obstacle(String node, Map<String, String> labels) {
        return bound.stream()
                .filter(volume -> !volume.reachedFrom(labels) && !volume.stuck().isEmpty())
                .findFirst()
                .map(volume -> "The volume (%s) of the claim (%s) cannot be reached from the node (%s). %s"
                        .formatted(volume.volume(), volume.claim(), node, volume.stuck()))
                .orElse("");
    }
}
