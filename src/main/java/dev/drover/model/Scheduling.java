package dev.drover.model;

import java.util.List;
import java.util.Map;

/**
 * What a pod's spec demands of its node: the required native terms only.
 *
 * @param nodeSelector labels that the node must have
 * @param nodeTerms required node affinity: one of these must hold (none: no demand); a term is a selector over node labels, in
 *     which the field metadata.name appears as the key {@link #NODE_NAME_KEY}
 * @param affinity required pod affinity terms: all must hold
 * @param antiAffinity required pod anti-affinity terms: none may be met, in either direction
 */
public record Scheduling(
        Map<String, String> nodeSelector,
        List<Selector> nodeTerms,
        List<Toleration> tolerations,
        List<PodTerm> affinity,
        List<PodTerm> antiAffinity,
        List<TopologySpread> spreads) {
    public static final String NODE_NAME_KEY = "metadata.name";
    public static final Scheduling FREE =
            new Scheduling(Map.of(), List.of(), List.of(), List.of(), List.of(), List.of());

    public Scheduling {
        nodeSelector = Map.copyOf(nodeSelector);
        nodeTerms = List.copyOf(nodeTerms);
        tolerations = List.copyOf(tolerations);
        affinity = List.copyOf(affinity);
        antiAffinity = List.copyOf(antiAffinity);
        spreads = List.copyOf(spreads);
    }
}
