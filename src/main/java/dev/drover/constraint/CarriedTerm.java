package dev.drover.constraint;

import dev.drover.model.Node;
import dev.drover.model.PodTerm;
import dev.drover.model.Requirement;
import dev.drover.model.Selector;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/**
 * An anti-affinity term that a constraint puts on launcher pods, before the pod's own instance is excluded from it.
 *
 * @param carriers whose pods carry it
 * @param outside the pods of those that {@code carriers} does <em>not</em> select carry it
 */
record CarriedTerm(PodTerm term, Selection carriers, boolean outside) {
    private static final String NAMESPACE_NAME = "kubernetes.io/metadata.name";

    /**
     * Both sides carry a term: kube-scheduler looks at the terms of a new pod and at those of running pods, and pods that were
     * there before the constraint carry none. A constraint that may be broken while something moves puts nothing on pods: their terms
     * bind at each instant.
     */
    static List<CarriedTerm> of(Constraint constraint) {
        if (constraint.during() == Rule.During.DISCRETE) {
            return List.of();
        }
        Selection selection = constraint.selection();
        return switch (constraint.rule()) {
            case Rule.Spread spread ->
                spread.maxSkew().isPresent()
                        ? List.of()
                        : List.of(inside(toLaunchers(selection, spread.topologyKey()), selection));
            case Rule.SeparateFrom separateFrom ->
                List.of(
                        inside(toLaunchers(separateFrom.others(), Node.HOSTNAME_LABEL), selection),
                        inside(toLaunchers(selection, Node.HOSTNAME_LABEL), separateFrom.others()));
            case Rule.Exclusive exclusive -> ofExclusive(constraint, selection);
            case Rule.Colocate colocate -> List.of();
            case Rule.SameDomain sameDomain -> List.of();
            case Rule.AllowedNodes allowedNodes -> List.of();
            case Rule.ForbiddenNodes forbiddenNodes -> List.of();
            case Rule.Pinned pinned -> List.of();
            case Rule.Capacity capacity -> List.of();
            case Rule.Quarantine quarantine -> List.of();
            case Rule.Reserve reserve -> List.of();
            case Rule.Overcommit overcommit -> List.of();
            case Rule.MaxNodesInUse maxNodesInUse -> List.of();
        };
    }

    private static List<CarriedTerm> ofExclusive(Constraint constraint, Selection selection) {
        if (NativeTerms.enforcedBy(constraint) == NativeTerms.Enforcer.DROVER) {
            return List.of();
        }
        List<CarriedTerm> terms = new ArrayList<>();
        for (Selector otherLabels : Negation.of(selection.virtualMachines())) {
            terms.add(inside(everywhere(otherLabels, Selector.EVERYTHING), selection));
        }
        for (Selector otherNamespaces : outside(selection)) {
            terms.add(inside(everywhere(Selector.EVERYTHING, otherNamespaces), selection));
        }
        terms.add(new CarriedTerm(toLaunchers(selection, Node.HOSTNAME_LABEL), selection, true));
        return terms;
    }

    /** Selectors of the namespaces that the selection leaves out. */
    private static List<Selector> outside(Selection selection) {
        List<Requirement> notNamed = selection.namespaces().isEmpty()
                ? List.of()
                : List.of(new Requirement(
                        NAMESPACE_NAME,
                        Requirement.Operator.NOT_IN,
                        selection.namespaces().stream().sorted().toList()));
        List<Selector> result = new ArrayList<>();
        for (Selector notSelected : Negation.of(selection.namespaceSelector())) {
            List<Requirement> requirements = new ArrayList<>(notNamed);
            requirements.addAll(notSelected.requirements());
            result.add(new Selector(requirements));
        }
        return result;
    }

    private static CarriedTerm inside(PodTerm term, Selection carriers) {
        return new CarriedTerm(term, carriers, false);
    }

    private static PodTerm everywhere(Selector labels, Selector namespaceSelector) {
        return new PodTerm(launchersOf(labels), Set.of(), namespaceSelector, Node.HOSTNAME_LABEL);
    }

    /** The launcher pods of the selection. */
    static PodTerm toLaunchers(Selection selection, String topologyKey) {
        return new PodTerm(
                launchersOf(selection.virtualMachines()),
                selection.namespaces(),
                selection.namespaceSelector(),
                topologyKey);
    }

    static Selector launchersOf(Selector labels) {
        return and(labels, Requirement.in(LauncherLabels.APP, LauncherLabels.LAUNCHER));
    }

    static PodTerm withoutOwnPods(PodTerm term, String instanceUid) {
        Selector others = and(term.pods(), Requirement.notIn(LauncherLabels.CREATED_BY, instanceUid));
        return new PodTerm(others, term.namespaces(), term.namespaceSelector(), term.topologyKey());
    }

    /** Undoes {@link #withoutOwnPods}; the same term when it does not exclude the instance. */
    static PodTerm withOwnPods(PodTerm term, String instanceUid) {
        Requirement notOwn = Requirement.notIn(LauncherLabels.CREATED_BY, instanceUid);
        Selector all = new Selector(term.pods().requirements().stream()
                .filter(requirement -> !requirement.equals(notOwn))
                .toList());
        return new PodTerm(all, term.namespaces(), term.namespaceSelector(), term.topologyKey());
    }

    /** The same term with its requirements in one order, so that terms that mean the same are equal. */
    static PodTerm canonical(PodTerm term) {
        return new PodTerm(
                canonical(term.pods()), term.namespaces(), canonical(term.namespaceSelector()), term.topologyKey());
    }

    private static Selector canonical(Selector selector) {
        return new Selector(selector.requirements().stream()
                .map(requirement -> new Requirement(
                        requirement.key(),
                        requirement.operator(),
                        requirement.values().stream().distinct().sorted().toList()))
                .distinct()
                .sorted(Comparator.comparing(Requirement::key)
                        .thenComparing(Requirement::operator)
                        .thenComparing(requirement -> String.join(",", requirement.values())))
                .toList());
    }

    private static Selector and(Selector selector, Requirement requirement) {
        List<Requirement> requirements = new ArrayList<>(selector.requirements());
        requirements.add(requirement);
        return new Selector(requirements);
    }
}
