package dev.drover.service.disk;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** What the program in a pod of a copy said when it ended. Pure. */
final class CopyReport {
    private static final ObjectMapper JSON = new ObjectMapper();

    private CopyReport() {}

    static boolean isIn(Pod pod, String phase) {
        return pod.getStatus() != null && phase.equals(pod.getStatus().getPhase());
    }

    static boolean succeeded(Pod pod) {
        return isIn(pod, "Succeeded");
    }

    static boolean failed(Pod pod) {
        return isIn(pod, "Failed");
    }

    /** The text that it left; why the pod failed, where it left none. */
    static String words(Pod pod) {
        return terminated(pod)
                .map(ContainerStateTerminated::getMessage)
                .filter(message -> !message.isBlank())
                .map(String::strip)
                .orElseGet(() -> reason(pod));
    }

    private static String reason(Pod pod) {
        String exit = terminated(pod)
                .map(state -> "exit code %d, %s".formatted(state.getExitCode(), state.getReason()))
                .orElse("");
        String said = pod.getStatus() == null || pod.getStatus().getMessage() == null
                ? ""
                : pod.getStatus().getMessage();
        return "The pod (%s) ended without a word (%s)."
                .formatted(pod.getMetadata().getName(), said.isEmpty() ? exit : said);
    }

    private static Optional<ContainerStateTerminated> terminated(Pod pod) {
        return pod.getStatus() == null
                ? Optional.empty()
                : pod.getStatus().getContainerStatuses().stream()
                        .map(ContainerStatus::getState)
                        .filter(Objects::nonNull)
                        .map(state -> state.getTerminated())
                        .filter(Objects::nonNull)
                        .findFirst();
    }

    /** Why it does not run yet; empty when nothing is known of it. */
    static String waits(Pod pod) {
        if (pod.getStatus() == null) {
            return "";
        }
        List<String> said = pod.getStatus().getConditions().stream()
                .filter(condition -> "False".equals(condition.getStatus()) && condition.getMessage() != null)
                .map(condition -> condition.getMessage())
                .toList();
        return said.isEmpty() ? "" : said.getFirst();
    }

    /**
     * The checksum of one disk.
     *
     * @param disk its number
     * @return empty when it says none
     */
    static String checksum(Pod pod, int disk) {
        try {
            for (JsonNode each : JSON.readTree(words(pod)).path("disks")) {
                if (each.path("name").asText().equals(Integer.toString(disk))) {
                    return each.path("sha256").asText();
                }
            }
        } catch (JsonProcessingException none) {
            // Then it says none.
        }
        return "";
    }
}
