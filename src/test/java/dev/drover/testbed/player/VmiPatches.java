package dev.drover.testbed.player;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/**
 * What virt-handler writes to a VMI, one patch for each step, in the order of a VM's life. The steps of a migration test that the migration is
 * still the one that the player saw, so a late patch cannot hit the next one.
 */
final class VmiPatches {

    private static final String STATE = "/status/migrationState/";
    private static final String LABELS = "/metadata/labels";
    private static final String MACHINE_LABEL = "machine-type.node.kubevirt.io/";
    private static final String PAUSED = "PausedByMigrationMonitor";

    private VmiPatches() {}

    /** Scheduled -> Running on a node with the given labels. */
    static JsonPatch start(VmiView vmi, Map<String, String> node, String now) {
        var patch = phase(vmi, "Running", now)
                .set("/status/selinuxContext", "none")
                .set("/status/migrationMethod", Migratability.copiesDisks(vmi) ? "BlockMigration" : "LiveMigration");
        machineType(vmi, node).ifPresent(type -> patch.set("/status/machine", Map.of("type", type)));
        addConditions(
                patch,
                vmi,
                List.of(
                        migratable("LiveMigratable", Migratability.obstacle(vmi), now),
                        migratable("StorageLiveMigratable", Migratability.disks(vmi), now)));
        return patch;
    }

    /** The guest has ended: well (Succeeded) or not (Failed). */
    static JsonPatch end(VmiView vmi, boolean well, String now) {
        return phase(vmi, well ? "Succeeded" : "Failed", now);
    }

    /** Target, step 1: listens for the migration; a guest with CPUs of its own learns which ones it gets. */
    static JsonPatch listen(VmiView vmi, MigrationState migration) {
        var patch = of(migration)
                .set(STATE + "targetNodeAddress", "127.0.0.1")
                .set(STATE + "targetDirectMigrationNodePorts", Map.of("49152", 0));
        if (vmi.text("spec", "domain", "cpu", "dedicatedCpuPlacement").equals("true")) {
            patch.set(
                            STATE + "targetCPUSet",
                            IntStream.range(0, vmi.cores()).boxed().toList())
                    .set(STATE + "targetNodeTopology", "{}");
        }
        return patch;
    }

    /** Source, step 2: memory begins to flow. */
    static JsonPatch begin(MigrationState migration, String now) {
        return of(migration).set(STATE + "startTimestamp", now).set(STATE + "mode", "PreCopy");
    }

    /** Source: the guest runs at the target from now on, its memory follows. */
    static JsonPatch postCopy(MigrationState migration) {
        return of(migration).set(STATE + "mode", "PostCopy");
    }

    /** Source: the guest stands still until the end. */
    static JsonPatch pause(VmiView vmi, MigrationState migration, String now) {
        var paused = condition("Paused", true, now);
        paused.put("reason", PAUSED);
        paused.put("message", "VMI was paused by the migration monitor");
        var patch = of(migration).set(STATE + "mode", "Paused");
        addConditions(patch, vmi, List.of(paused));
        return patch;
    }

    /** Source, step 3: where an abort stands (Aborting, Failed). */
    static JsonPatch abort(MigrationState migration, String status) {
        return of(migration).set(STATE + "abortStatus", status);
    }

    /** Target, steps 4 and 5: the guest runs here now. */
    static JsonPatch arrive(VmiView vmi, MigrationState migration, String now) {
        var patch = of(migration)
                .set(STATE + "targetNodeDomainDetected", true)
                .set(STATE + "targetNodeDomainReadyTimestamp", now)
                .set(STATE + "endTimestamp", now)
                .set(JsonPatch.pointer(LABELS, "kubevirt.io/nodeName"), migration.targetNode())
                .set("/status/nodeName", migration.targetNode())
                .set("/status/launcherContainerImageVersion", "")
                .set("/status/migrationTransport", "Unix");
        removeKey(patch, LABELS, vmi.labels(), "kubevirt.io/outdatedLauncherImage");
        removeKey(patch, "/metadata/annotations", vmi.annotations(), "kubevirt.io/eviction-source");
        if (!vmi.text("status", "evacuationNodeName").isEmpty()) {
            patch.remove("/status/evacuationNodeName");
        }
        if (!migration.text("targetMemoryOverhead").isEmpty()) {
            patch.set("/status/memory/memoryOverhead", migration.text("targetMemoryOverhead"));
        }
        removeConditions(patch, vmi, it -> isOfType(it, "MigrationRequired") || isPausedByMigration(it));
        return patch;
    }

    /** Target, steps 6 and 7: what waited for a migration is done, and the migration is complete. */
    static JsonPatch complete(VmiView vmi, MigrationState migration) {
        var patch = of(migration).set(STATE + "completed", true);
        var waiting = vmi.conditions().stream()
                .map(condition -> condition.get("type"))
                .toList();
        if (waiting.contains("HotVCPUChange")) {
            patch.set("/status/currentCPUTopology", topology(vmi));
            removeKey(patch, LABELS, vmi.labels(), "kubevirt.io/vmi-pod-cpu-resource-limits");
        }
        if (waiting.contains("HotMemoryChange")) {
            patch.set("/status/memory/guestRequested", vmi.text("spec", "domain", "memory", "guest"))
                    .set("/status/memory/guestCurrent", vmi.text("spec", "domain", "memory", "guest"));
            removeKey(patch, LABELS, vmi.labels(), "kubevirt.io/vmi-pod-memory-resource-requests");
            removeKey(patch, LABELS, vmi.labels(), "kubevirt.io/memory-hotplug-overhead-ratio");
        }
        if (!vmi.maps("status", "migratedVolumes").isEmpty()) {
            patch.remove("/status/migratedVolumes");
        }
        removeConditions(patch, vmi, it -> isOfType(it, "HotVCPUChange", "HotMemoryChange", "VolumesChange"));
        removeKey(patch, LABELS, vmi.labels(), VmiView.TARGET_LABEL);
        return patch;
    }

    /** Source: the migration has failed and the guest goes on. */
    static JsonPatch fail(VmiView vmi, MigrationState migration, String reason, String now) {
        var patch = of(migration)
                .set(STATE + "failed", true)
                .set(STATE + "completed", true)
                .set(STATE + "endTimestamp", now)
                .set(STATE + "failureReason", reason);
        removeConditions(patch, vmi, VmiPatches::isPausedByMigration);
        return patch;
    }

    /** Target: nothing is left here of a migration that is over. */
    static JsonPatch forget(VmiView vmi, MigrationState migration) {
        var patch = of(migration);
        removeKey(patch, LABELS, vmi.labels(), VmiView.TARGET_LABEL);
        return patch;
    }

    private static JsonPatch of(MigrationState migration) {
        return new JsonPatch().test(STATE + "migrationUid", migration.uid());
    }

    private static JsonPatch phase(VmiView vmi, String phase, String now) {
        var transition = Map.of("phase", phase, "phaseTransitionTimestamp", now);
        var patch = new JsonPatch().test("/status/phase", vmi.phase()).set("/status/phase", phase);
        return vmi.maps("status", "phaseTransitionTimestamps").isEmpty()
                ? patch.set("/status/phaseTransitionTimestamps", List.of(transition))
                : patch.set("/status/phaseTransitionTimestamps/-", transition);
    }

    private static Map<String, Object> condition(String type, boolean holds, String now) {
        var condition = new LinkedHashMap<String, Object>();
        condition.put("type", type);
        condition.put("status", holds ? "True" : "False");
        condition.put("lastProbeTime", null);
        condition.put("lastTransitionTime", now);
        return condition;
    }

    private static void addConditions(JsonPatch patch, VmiView vmi, List<Map<String, Object>> conditions) {
        if (vmi.conditions().isEmpty()) {
            patch.set("/status/conditions", conditions);
        } else {
            conditions.forEach(condition -> patch.set("/status/conditions/-", condition));
        }
    }

    /** Removes conditions from the last to the first, each only if it is still at its place. */
    private static void removeConditions(JsonPatch patch, VmiView vmi, Predicate<Map<String, Object>> unwanted) {
        var conditions = vmi.conditions();
        for (var i = conditions.size() - 1; i >= 0; i--) {
            if (unwanted.test(conditions.get(i))) {
                patch.test(
                                "/status/conditions/" + i + "/type",
                                String.valueOf(conditions.get(i).get("type")))
                        .remove("/status/conditions/" + i);
            }
        }
    }

    private static boolean isOfType(Map<String, Object> condition, String... types) {
        return List.of(types).contains(String.valueOf(condition.get("type")));
    }

    private static boolean isPausedByMigration(Map<String, Object> condition) {
        return isOfType(condition, "Paused") && PAUSED.equals(condition.get("reason"));
    }

    private static Map<String, Object> migratable(String type, Optional<Migratability.Obstacle> obstacle, String now) {
        var condition = condition(type, obstacle.isEmpty(), now);
        obstacle.ifPresent(it -> {
            condition.put("reason", it.reason());
            condition.put("message", it.message());
        });
        return condition;
    }

    /** What libvirt makes of a name such as q35: the newest machine type of that family that the node lists. */
    private static Optional<String> machineType(VmiView vmi, Map<String, String> node) {
        var family = "-" + vmi.text("spec", "domain", "machine", "type") + "-";
        return node.keySet().stream()
                .filter(label -> label.startsWith(MACHINE_LABEL) && label.contains(family))
                .map(label -> label.substring(MACHINE_LABEL.length()))
                .max(Comparator.naturalOrder());
    }

    private static void removeKey(JsonPatch patch, String parent, Map<String, String> keys, String key) {
        if (keys.containsKey(key)) {
            patch.remove(JsonPatch.pointer(parent, key));
        }
    }

    private static Map<String, Object> topology(VmiView vmi) {
        var topology = new LinkedHashMap<String, Object>();
        var cpu = VmiView.map(vmi.resource().get("spec", "domain", "cpu"));
        for (var field : List.of("cores", "sockets", "threads")) {
            if (cpu.get(field) instanceof Number number) {
                topology.put(field, number);
            }
        }
        return topology;
    }
}
