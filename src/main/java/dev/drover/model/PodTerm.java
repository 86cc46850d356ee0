package dev.drover.model;

import java.util.Map;
import java.util.Set;

/**
 * A required pod affinity or anti-affinity term: the pods that {@code pods} selects in {@code namespaces} or in the namespaces
 * that {@code namespaceSelector} selects, grouped by the node label {@code topologyKey}.
 *
 * @param namespaces names, united with what the selector selects; the reader of a pod has already filled in the pod's own
 *     namespace where Kubernetes defaults to it
 * @param namespaceSelector {@link Selector#NOTHING} when the term has none
 */
public record PodTerm(Selector pods, Set<String> namespaces, Selector namespaceSelector, String topologyKey) {
    public PodTerm {
        namespaces = Set.copyOf(namespaces);
    }

    /** @param namespaceLabels labels of all namespaces by name; a namespace that is not there has none */
    public boolean selects(
            String namespace, Map<String, String> podLabels, Map<String, Map<String, String>> namespaceLabels) {
        boolean inNamespace = namespaces.contains(namespace)
                || namespaceSelector.matches(namespaceLabels.getOrDefault(namespace, Map.of()));
        return inNamespace && pods.matches(podLabels);
    }
}
