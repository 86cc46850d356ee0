package dev.drover.observe;

import dev.drover.kubevirt.Scheduled;
import dev.drover.model.PodTerm;
import dev.drover.model.Requirement;
import dev.drover.model.Scheduling;
import dev.drover.model.Selector;
import dev.drover.model.Taint;
import dev.drover.model.Toleration;
import dev.drover.model.TopologySpread;
import io.fabric8.kubernetes.api.model.Affinity;
import io.fabric8.kubernetes.api.model.NodeSelector;
import io.fabric8.kubernetes.api.model.PodAffinityTerm;
import io.fabric8.kubernetes.api.model.TopologySpreadConstraint;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the required scheduling terms of a pod or of an instance. Preferences are the scheduler's own business. */
final class SchedulingReader {

    private SchedulingReader() {}

    /**
     * @param namespace where the pod is or will be: terms without namespaces mean it
     * @param labels of the pod, which some terms refer to by key
     */
    static Scheduling read(Scheduled spec, String namespace, Map<String, String> labels) {
        Affinity affinity = spec.affinity();
        return new Scheduling(
                spec.nodeSelector(),
                nodeTerms(affinity),
                spec.tolerations().stream()
                        .flatMap(toleration -> toleration(toleration).stream())
                        .toList(),
                affinity == null || affinity.getPodAffinity() == null
                        ? List.of()
                        : podTerms(
                                affinity.getPodAffinity().getRequiredDuringSchedulingIgnoredDuringExecution(),
                                namespace),
                affinity == null || affinity.getPodAntiAffinity() == null
                        ? List.of()
                        : podTerms(
                                affinity.getPodAntiAffinity().getRequiredDuringSchedulingIgnoredDuringExecution(),
                                namespace),
                spec.topologySpreadConstraints().stream()
                        .filter(spread -> "DoNotSchedule".equals(spread.getWhenUnsatisfiable()))
                        .map(spread -> spread(spread, labels))
                        .toList());
    }

    private static List<Selector> nodeTerms(@Nullable Affinity affinity) {
        if (affinity == null || affinity.getNodeAffinity() == null) {
            return List.of();
        }
        NodeSelector required = affinity.getNodeAffinity().getRequiredDuringSchedulingIgnoredDuringExecution();
        return required == null
                ? List.of()
                : required.getNodeSelectorTerms().stream()
                        .map(SelectorReader::read)
                        .toList();
    }

    private static List<PodTerm> podTerms(List<PodAffinityTerm> terms, String namespace) {
        return terms.stream().map(term -> podTerm(term, namespace)).toList();
    }

    private static PodTerm podTerm(PodAffinityTerm term, String namespace) {
        Set<String> namespaces = new HashSet<>(term.getNamespaces());
        if (namespaces.isEmpty() && term.getNamespaceSelector() == null) {
            namespaces.add(namespace);
        }
        return new PodTerm(
                SelectorReader.read(term.getLabelSelector()),
                namespaces,
                SelectorReader.read(term.getNamespaceSelector()),
                term.getTopologyKey());
    }

    private static TopologySpread spread(TopologySpreadConstraint spread, Map<String, String> labels) {
        Selector pods = SelectorReader.read(spread.getLabelSelector());
        List<Requirement> tests = new ArrayList<>(pods.requirements());
        for (String key : spread.getMatchLabelKeys()) {
            String value = labels.get(key);
            if (value != null) {
                tests.add(Requirement.in(key, value));
            }
        }
        return new TopologySpread(new Selector(tests), spread.getTopologyKey(), spread.getMaxSkew());
    }

    /** Empty for an operator that this version does not know: such a toleration is not counted on. */
    static Optional<Toleration> toleration(Scheduled.Toleration read) {
        String operator = read.operator() == null ? "Equal" : read.operator();
        if (!operator.equals("Equal") && !operator.equals("Exists")) {
            return Optional.empty();
        }
        return Optional.of(new Toleration(
                read.key() == null ? "" : read.key(),
                operator.equals("Exists"),
                read.value() == null ? "" : read.value(),
                read.effect() == null || read.effect().isEmpty() ? null : effect(read.effect())));
    }

    /** An effect that this version does not know keeps pods away, to be safe. */
    static Taint.Effect effect(String name) {
        return switch (name) {
            case "PreferNoSchedule" -> Taint.Effect.PREFER_NO_SCHEDULE;
            case "NoExecute" -> Taint.Effect.NO_EXECUTE;
            default -> Taint.Effect.NO_SCHEDULE;
        };
    }
}
