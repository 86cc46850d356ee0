package dev.drover.testbed.player;

import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The status of a virt-launcher pod whose containers have ended; virt-controller waits for it before it lets the VM migrate again. */
final class PodPatches {

    private PodPatches() {}

    /** A strategic merge patch for the status subresource. */
    static String ended(PodView pod, boolean well, String reason, String now) {
        var status = new LinkedHashMap<String, Object>();
        status.put("phase", well ? "Succeeded" : "Failed");
        status.put("initContainerStatuses", ended(pod.initContainers(), well, now));
        status.put("containerStatuses", ended(pod.containers(), well, now));
        status.put("conditions", List.of(notReady("Ready"), notReady("ContainersReady")));
        if (!well) {
            status.put("reason", "Error");
            status.put("message", reason);
            // A pod that has ended with an address is not taken for a fresh one by KWOK.
            status.put("podIP", "127.0.0.1");
        }
        return Serialization.asJson(Map.of("status", status));
    }

    /** What a readiness probe finds; a strategic merge patch for the status subresource. */
    static String probed(boolean answers, String now) {
        return Serialization.asJson(Map.of(
                "status",
                Map.of("conditions", List.of(probed("Ready", answers, now), probed("ContainersReady", answers, now)))));
    }

    private static Map<String, Object> probed(String type, boolean answers, String now) {
        var condition = new LinkedHashMap<String, Object>();
        condition.put("type", type);
        condition.put("status", answers ? "True" : "False");
        condition.put("reason", answers ? null : "ContainersNotReady");
        condition.put("message", answers ? null : "containers with unready status: [compute]");
        condition.put("lastTransitionTime", now);
        return condition;
    }

    private static Map<String, Object> notReady(String type) {
        return Map.of("type", type, "status", "False", "reason", "PodCompleted");
    }

    private static List<Object> ended(List<ContainerStatus> containers, boolean well, String now) {
        var ended = new ArrayList<Object>();
        for (var container : containers) {
            var terminated = new LinkedHashMap<String, Object>();
            terminated.put("exitCode", well ? 0 : 1);
            terminated.put("reason", well ? "Completed" : "Error");
            terminated.put("startedAt", now);
            terminated.put("finishedAt", now);
            var fields = new LinkedHashMap<String, Object>();
            fields.put("name", container.getName());
            fields.put("image", container.getImage());
            fields.put("imageID", container.getImageID());
            fields.put("restartCount", container.getRestartCount());
            fields.put("ready", false);
            fields.put("started", false);
            fields.put("state", Map.of("terminated", terminated));
            ended.add(fields);
        }
        return ended;
    }
}
