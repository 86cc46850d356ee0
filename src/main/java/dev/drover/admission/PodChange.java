package dev.drover.admission;

import dev.drover.model.PodTerm;
import dev.drover.model.Requirement;
import dev.drover.model.TopologySpread;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is to be added to a pod.
 *
 * @param nodeClauses required of the node: of each clause at least one requirement must hold
 * @param antiAffinity required pod anti-affinity
 * @param spreads required topology spread
 * @param affinity preferred pod affinity
 * @param preferredNode name of the node to prefer above all; null for none
 * @param gated hold it by the placement gate
 * @param annotations set, over what is there
 */
record PodChange(
        List<List<Requirement>> nodeClauses,
        List<PodTerm> antiAffinity,
        List<TopologySpread> spreads,
        List<PodTerm> affinity,
        @Nullable String preferredNode,
        boolean gated,
        Map<String, String> annotations) {
    static final PodChange NONE = new PodChange(List.of(), List.of(), List.of(), List.of(), null, false, Map.of());
}
