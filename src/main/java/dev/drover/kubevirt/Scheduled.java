package dev.drover.kubevirt;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.fabric8.kubernetes.api.model.Affinity;
import io.fabric8.kubernetes.api.model.TopologySpreadConstraint;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The fields about placement that pods and virtual machine instances have in common. */
public interface Scheduled {

    Map<String, String> nodeSelector();

    @Nullable
    Affinity affinity();

    List<Toleration> tolerations();

    List<TopologySpreadConstraint> topologySpreadConstraints();

    /** A toleration as it is written; an absent field is null. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    record Toleration(
            @Nullable String key, @Nullable String operator, @Nullable String value, @Nullable String effect) {}
}
