package dev.drover.kubevirt;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Kind;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.Version;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A node: its labels, taints, what it has, and whether it is ready. */
@Group("")
@Version("v1")
@Kind("Node")
@Plural("nodes")
public final class SlimNode extends SlimResource {

    /** Annotation, written by people: a time; the node is down, and nothing that was on it runs any more. */
    public static final String IS_DOWN = "drover.dev/node-is-down";

    /** Annotation, written by people: bits a second that its network carries. */
    public static final String NETWORK_CAPACITY = "drover.dev/capacity-network";

    /** Annotation, written by people: reads and writes a second that its disks, or the way to them, carry. */
    public static final String DISK_IO_CAPACITY = "drover.dev/capacity-diskio";

    private Spec spec = Spec.NONE;
    private Status status = Status.NONE;

    public Spec getSpec() {
        return spec;
    }

    public void setSpec(Spec spec) {
        this.spec = spec;
    }

    public Status getStatus() {
        return status;
    }

    public void setStatus(Status status) {
        this.status = status;
    }

    /** Since when nothing new is to start on it, as the server wrote it; empty when that is not so, or not told. */
    public Optional<String> cordonedSince() {
        return spec.taints().stream()
                .filter(taint -> taint.key().equals("node.kubernetes.io/unschedulable"))
                .map(Taint::timeAdded)
                .filter(Objects::nonNull)
                .findFirst();
    }

    /** What a person says of its being down; empty without a word. */
    public String isDown() {
        return annotation(IS_DOWN);
    }

    /** What a person has written there; empty when nothing. */
    public String annotation(String name) {
        Map<String, String> annotations = getMetadata().getAnnotations();
        return annotations == null ? "" : annotations.getOrDefault(name, "");
    }

    @JsonIgnoreProperties(ignoreUnknown = true)
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public record Spec(boolean unschedulable, List<Taint> taints) {
        static final Spec NONE = new Spec(false, null);

        public Spec {
            taints = Absent.list(taints);
        }
    }

    @JsonIgnoreProperties(ignoreUnknown = true)
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Taint(String key, @Nullable String value, String effect, @Nullable String timeAdded) {}

    /** @param conditions only Ready; heartbeats of the others would make every node look changed */
    @JsonIgnoreProperties(ignoreUnknown = true)
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public record Status(Map<String, String> allocatable, Map<String, String> capacity, List<Condition> conditions) {
        static final Status NONE = new Status(null, null, null);

        public Status {
            allocatable = Absent.map(allocatable);
            capacity = Absent.map(capacity);
            conditions = Absent.list(conditions).stream()
                    .filter(condition -> "Ready".equals(condition.type()))
                    .toList();
        }

        public boolean ready() {
            return conditions.stream().anyMatch(Condition::isTrue);
        }

        /** Since when it is ready, or is not, as the server wrote it; empty while nobody has told. */
        public Optional<String> readySince() {
            return conditions.stream().findFirst().map(Condition::lastTransitionTime);
        }

        /** Whether its kubelet has stopped to report, so that nobody knows how it is. */
        public boolean silent() {
            return conditions.stream().anyMatch(condition -> "Unknown".equals(condition.status()));
        }
    }
}
