package dev.drover.constraint;

import dev.drover.constraint.Feasibility.Verdict;
import dev.drover.model.Cluster;
import dev.drover.model.Node;
import dev.drover.model.VmId;
import java.util.BitSet;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Proves that constraints cannot hold <em>as things are</em>: with the room that the nodes have, with those that are closed, and with the
 * virtual machines that may not be moved where they are. {@link ConflictFinder} finds what can never hold; this, what passing facts
 * stand against. It is about the state at rest, however that would be reached: if there is none, no moves lead to one. That there is
 * one, and no moves reach it, is no deadlock.
 *
 * <p>The set is made minimal by leaving out one constraint after another while the facts are kept (the deletion filter of Chinneck and
 * Dravnieks 1991). In a large cluster those that may be moved and that no constraint is about count as if they needed no room. What the
 * bounded search cannot decide is not claimed. Not safe for threads.
 */
public final class Deadlock {
    private static final int SHOWN = 5;

    private final PresentFacts facts;
    private final BitSet nodes;

    private Deadlock(Cluster cluster, BitSet movable, BitSet nodes) {
        facts = new PresentFacts(cluster, movable, nodes);
        this.nodes = nodes;
    }

    /**
     * Takes a second at most, usually far less. A pure function of its arguments.
     *
     * @param constraints that are acted on; what is only preferred is left out
     * @param movable indexes of the virtual machines that may be moved, and can, unless a constraint keeps them
     * @param nodes indexes of the nodes that they may be moved to
     * @return constraints that no placement satisfies together, and without any one of them the others can hold; empty when that is not proven
     */
    public static Optional<Conflict> find(Cluster cluster, List<Constraint> constraints, BitSet movable, BitSet nodes) {
        Deadlock deadlock = new Deadlock(cluster, movable, nodes);
        List<Constraint> required = constraints.stream()
                .filter(Constraint::required)
                .filter(deadlock.facts::counts)
                .sorted(ConflictFinder.BY_AGE)
                .toList();
        return deadlock.facts.judge(required) instanceof Verdict.Impossible impossible
                ? deadlock.conflict(deadlock.minimal(deadlock.narrowed(required, impossible.vms())))
                : Optional.empty();
    }

    /** Those that are about the virtual machines where the constraints meet, if these alone cannot hold. */
    private List<Constraint> narrowed(List<Constraint> impossible, Collection<VmId> meeting) {
        Map<VmId, Integer> index = facts.cluster().vmIndex();
        BitSet vms = new BitSet();
        meeting.forEach(vm -> vms.set(index.get(vm)));
        List<Constraint> near = impossible.stream()
                .filter(constraint -> facts.concerned(constraint).intersects(vms))
                .toList();
        return near.size() < impossible.size() && facts.judge(near) instanceof Verdict.Impossible ? near : impossible;
    }

    /**
     * What some constraints cannot, more can: one may close a domain that a spread would count. So one round is not enough.
     *
     * @return in order of age; empty when a step could not be decided
     */
    private List<Constraint> minimal(List<Constraint> impossible) {
        List<Constraint> needed = impossible;
        int before = needed.size() + 1;
        while (needed.size() < before) {
            before = needed.size();
            for (Constraint candidate : needed) {
                List<Constraint> rest =
                        needed.stream().filter(other -> other != candidate).toList();
                switch (facts.judge(rest)) {
                    case Verdict.Impossible still -> needed = rest;
                    case Verdict.Unknown unknown -> {
                        return List.of();
                    }
                    case Verdict.Possible possible -> {}
                }
            }
        }
        return needed;
    }

    private Optional<Conflict> conflict(List<Constraint> minimal) {
        if (minimal.isEmpty() || !(facts.judge(minimal) instanceof Verdict.Impossible impossible)) {
            return Optional.empty();
        }
        String which =
                minimal.stream().map(constraint -> constraint.id().toString()).collect(Collectors.joining(" and "));
        String message = which + " cannot hold" + (minimal.size() == 1 ? "" : " together") + " as things are: "
                + impossible.why() + "." + closed() + staying(impossible.vms())
                + " Free room, open nodes, let more of them move, or change "
                + (minimal.size() == 1 ? "the rule." : "one of the rules.");
        return Optional.of(
                new Conflict(minimal.stream().map(Constraint::id).sorted().toList(), impossible.vms(), message));
    }

    private String closed() {
        List<String> closed = nodes.stream()
                .mapToObj(facts.cluster().nodes()::get)
                .filter(node -> !node.ready() || node.cordoned())
                .map(Node::name)
                .toList();
        return closed.isEmpty() ? "" : " Cordoned or not ready: " + shown(closed) + ".";
    }

    private String staying(List<VmId> meeting) {
        Map<VmId, Integer> index = facts.cluster().vmIndex();
        List<String> staying = meeting.stream()
                .filter(vm -> !facts.mayMove(index.get(vm)))
                .map(VmId::toString)
                .toList();
        return staying.isEmpty() ? "" : " Not to be moved now: " + shown(staying) + ".";
    }

    private static String shown(List<String> names) {
        String first = names.stream().limit(SHOWN).collect(Collectors.joining(", "));
        return names.size() > SHOWN ? first + " and " + (names.size() - SHOWN) + " more" : first;
    }
}
