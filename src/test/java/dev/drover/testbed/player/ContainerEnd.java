package dev.drover.testbed.player;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How the one container of a pod that is never restarted has ended, as kubelet reports it.
 *
 * @param reason of kubelet's: one word
 * @param message what the container wrote to its termination log
 */
record ContainerEnd(int exitCode, String reason, String message) {

    /** The node lost its power meanwhile: kubelet does not find the container any more. */
    static final ContainerEnd LOST = new ContainerEnd(
            137, "ContainerStatusUnknown", "The container could not be located when the pod was terminated");

    /** As much as kubelet takes. */
    private static final int MESSAGE_BYTES = 4096;

    static ContainerEnd exited(int code, byte[] terminationLog) {
        var length = Math.min(terminationLog.length, MESSAGE_BYTES);
        return new ContainerEnd(
                code, code == 0 ? "Completed" : "Error", new String(terminationLog, 0, length, StandardCharsets.UTF_8));
    }

    /** A strategic merge patch for the status subresource. */
    String patch(Pod pod, String now) {
        var container = pod.getStatus().getContainerStatuses().getFirst();
        var terminated = new LinkedHashMap<String, Object>();
        terminated.put("exitCode", exitCode);
        terminated.put("reason", reason);
        terminated.put("message", message);
        terminated.put("startedAt", pod.getStatus().getStartTime());
        terminated.put("finishedAt", now);
        var ended = new LinkedHashMap<String, Object>();
        ended.put("name", container.getName());
        ended.put("image", container.getImage());
        ended.put("imageID", container.getImageID());
        ended.put("restartCount", 0);
        ended.put("ready", false);
        ended.put("started", false);
        ended.put("state", Map.of("terminated", terminated));
        var status = new LinkedHashMap<String, Object>();
        status.put("phase", exitCode == 0 ? "Succeeded" : "Failed");
        status.put("containerStatuses", List.of(ended));
        status.put("conditions", List.of(notReady("Ready"), notReady("ContainersReady")));
        return Serialization.asJson(Map.of("status", status));
    }

    private Map<String, Object> notReady(String type) {
        return Map.of("type", type, "status", "False", "reason", exitCode == 0 ? "PodCompleted" : "PodFailed");
    }
}
