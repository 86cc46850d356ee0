package dev.drover.constraint;

import dev.drover.model.PodTerm;
import dev.drover.model.Requirement;
import dev.drover.model.Selector;
import dev.drover.model.TopologySpread;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What one launcher pod must carry so that kube-scheduler holds the constraints too. Every pod term selects launcher pods only,
 * never those of the pod's own instance (else a move inside its own rack would be impossible), and names its namespaces.
 *
 * <p>A {@link Selector#NOTHING} as namespace selector means none, {@link Selector#EVERYTHING} the empty one.
 *
 * @param antiAffinity required
 * @param nodeAlternatives required node affinity: one of these selectors must hold. Each existing node selector term is to be
 *     replaced by its conjunction with each of these; never empty, a single {@link Selector#EVERYTHING} when nothing is demanded
 * @param spreads DoNotSchedule, over the pod's own namespace; cordoned and tainted nodes are not to be counted (nodeTaintsPolicy
 *     Honor)
 * @param preferredAffinity preferred pod affinity
 * @param ruleUids of the constraints that the required terms come from
 */
public record NativeTerms(
        List<PodTerm> antiAffinity,
        List<Selector> nodeAlternatives,
        List<TopologySpread> spreads,
        List<PodTerm> preferredAffinity,
        SortedSet<String> ruleUids) {
    /** More alternatives than this are not put on a pod: Drover alone holds the constraint that would exceed it. */
    static final int MAX_ALTERNATIVES = 32;

    public NativeTerms {
        antiAffinity = List.copyOf(antiAffinity);
        nodeAlternatives = List.copyOf(nodeAlternatives);
        spreads = List.copyOf(spreads);
        preferredAffinity = List.copyOf(preferredAffinity);
    }

    /** What the pod is created for. */
    public enum Purpose {
        START,
        MIGRATION_TARGET
    }

    /** Who holds a constraint when a pod is scheduled. */
    public enum Enforcer {
        SCHEDULER,
        DROVER
    }

    /**
     * The pod's instance.
     *
     * @param labels of the instance
     */
    public record Launcher(String namespace, Map<String, String> labels, String instanceUid) {
        public Launcher {
            labels = Map.copyOf(labels);
        }
    }

    /** @param namespaces labels of every namespace by name */
    public static NativeTerms of(
            Launcher launcher,
            List<Constraint> constraints,
            Map<String, Map<String, String>> namespaces,
            Purpose purpose) {
        Collector collector = new Collector(launcher, namespaces, purpose);
        constraints.forEach(collector::add);
        return collector.result();
    }

    public boolean isEmpty() {
        return antiAffinity.isEmpty()
                && spreads.isEmpty()
                && preferredAffinity.isEmpty()
                && nodeAlternatives.equals(List.of(Selector.EVERYTHING));
    }

    /** {@code SCHEDULER} when the constraint has a required native form, which then holds at the start of every pod. */
    public static Enforcer enforcedBy(Constraint constraint) {
        Selection selection = constraint.selection();
        if (!constraint.required()) {
            return Enforcer.DROVER;
        }
        boolean continuous = constraint.during() == Rule.During.CONTINUOUS;
        boolean scheduler =
                switch (constraint.rule()) {
                    case Rule.Spread spread -> spread.maxSkew().isEmpty() ? continuous : ofOneNamespace(selection);
                    case Rule.SeparateFrom separateFrom -> continuous;
                    case Rule.Exclusive exclusive ->
                        continuous
                                && Negation.isPossible(selection.virtualMachines())
                                && Negation.isPossible(selection.namespaceSelector());
                    case Rule.AllowedNodes allowedNodes -> true;
                    case Rule.ForbiddenNodes forbiddenNodes ->
                        Negation.isPossible(forbiddenNodes.nodes())
                                && Negation.of(forbiddenNodes.nodes()).size() <= MAX_ALTERNATIVES;
                    case Rule.Colocate colocate -> false;
                    case Rule.SameDomain sameDomain -> false;
                    case Rule.Pinned pinned -> false;
                    case Rule.Capacity capacity -> false;
                    case Rule.Quarantine quarantine -> false;
                    case Rule.Reserve reserve -> false;
                    case Rule.Overcommit overcommit -> false;
                    case Rule.MaxNodesInUse maxNodesInUse -> false;
                };
        return scheduler ? Enforcer.SCHEDULER : Enforcer.DROVER;
    }

    private static boolean ofOneNamespace(Selection selection) {
        return selection.namespaces().size() == 1
                && selection.namespaceSelector().equals(Selector.NOTHING);
    }

    /** Gathers the terms of one pod. */
    private static final class Collector {
        private final Launcher launcher;
        private final Map<String, Map<String, String>> namespaces;
        private final Purpose purpose;
        private final List<PodTerm> antiAffinity = new ArrayList<>();
        private final List<TopologySpread> spreads = new ArrayList<>();
        private final List<PodTerm> preferredAffinity = new ArrayList<>();
        private final SortedSet<String> ruleUids = new TreeSet<>();
        private List<Selector> nodeAlternatives = List.of(Selector.EVERYTHING);

        Collector(Launcher launcher, Map<String, Map<String, String>> namespaces, Purpose purpose) {
            this.launcher = launcher;
            this.namespaces = namespaces;
            this.purpose = purpose;
        }

        void add(Constraint constraint) {
            boolean added = addAntiAffinity(constraint);
            if (isSelectedBy(constraint.selection())) {
                added |= addForSelected(constraint);
            }
            if (added) {
                ruleUids.add(constraint.id().uid());
            }
        }

        private boolean addAntiAffinity(Constraint constraint) {
            boolean added = false;
            for (CarriedTerm carried : CarriedTerm.of(constraint)) {
                boolean carries = isSelectedBy(carried.carriers()) != carried.outside();
                if (carries) {
                    PodTerm term = CarriedTerm.withoutOwnPods(carried.term(), launcher.instanceUid());
                    if (!antiAffinity.contains(term)) {
                        antiAffinity.add(term);
                    }
                    added = true;
                }
            }
            return added;
        }

        private boolean addForSelected(Constraint constraint) {
            return switch (constraint.rule()) {
                case Rule.Colocate colocate -> addPreferred(constraint.selection(), colocate.topologyKey());
                case Rule.SameDomain sameDomain -> addPreferred(constraint.selection(), sameDomain.topologyKey());
                case Rule rule when !constraint.required() -> false;
                case Rule.AllowedNodes allowed -> addNodeAlternatives(List.of(allowed.nodes()));
                case Rule.ForbiddenNodes forbidden ->
                    Negation.isPossible(forbidden.nodes()) && addNodeAlternatives(Negation.of(forbidden.nodes()));
                case Rule.Spread spread -> addSpread(constraint.selection(), spread);
                case Rule.SeparateFrom separateFrom -> false;
                case Rule.Exclusive exclusive -> false;
                case Rule.Pinned pinned -> false;
                case Rule.Capacity capacity -> false;
                case Rule.Quarantine quarantine -> false;
                case Rule.Reserve reserve -> false;
                case Rule.Overcommit overcommit -> false;
                case Rule.MaxNodesInUse maxNodesInUse -> false;
            };
        }

        /** A skew at start only: the scheduler would count a moving virtual machine twice. */
        private boolean addSpread(Selection selection, Rule.Spread spread) {
            boolean labelled = addNodeAlternatives(List.of(labelled(spread.topologyKey())));
            if (spread.maxSkew().isPresent() && purpose == Purpose.START && ofOneNamespace(selection)) {
                Selector pods = CarriedTerm.launchersOf(selection.virtualMachines());
                int maxSkew = spread.maxSkew().getAsInt();
                spreads.add(new TopologySpread(pods, spread.topologyKey(), maxSkew));
            }
            return labelled;
        }

        /** @return false, for a preference binds nobody */
        private boolean addPreferred(Selection selection, String topologyKey) {
            PodTerm together = CarriedTerm.toLaunchers(selection, topologyKey);
            preferredAffinity.add(CarriedTerm.withoutOwnPods(together, launcher.instanceUid()));
            return false;
        }

        private boolean addNodeAlternatives(List<Selector> alternatives) {
            if (alternatives.isEmpty() || nodeAlternatives.size() * alternatives.size() > MAX_ALTERNATIVES) {
                return false;
            }
            nodeAlternatives = nodeAlternatives.stream()
                    .flatMap(left -> alternatives.stream().map(right -> both(left, right)))
                    .toList();
            return true;
        }

        private static Selector both(Selector left, Selector right) {
            List<Requirement> requirements = new ArrayList<>(left.requirements());
            right.requirements().stream()
                    .filter(requirement -> !requirements.contains(requirement))
                    .forEach(requirements::add);
            return new Selector(requirements);
        }

        private static Selector labelled(String key) {
            return new Selector(List.of(new Requirement(key, Requirement.Operator.EXISTS, List.of())));
        }

        private boolean isSelectedBy(Selection selection) {
            return selection.selects(launcher.namespace(), launcher.labels(), namespaces);
        }

        NativeTerms result() {
            return new NativeTerms(antiAffinity, nodeAlternatives, spreads, preferredAffinity, ruleUids);
        }
    }
}
