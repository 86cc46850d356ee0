package dev.drover.constraint;

import dev.drover.constraint.CompiledRules.Origin;
import dev.drover.constraint.CompiledRules.Separation;
import dev.drover.constraint.EntryFilters.Filter;
import dev.drover.model.Pod;
import dev.drover.model.PodTerm;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/** All pods that carry one required anti-affinity term, and all that it selects. */
final class AntiAffinity {
    /**
     * Something that keeps others out of the domain of its node.
     *
     * @param owner the virtual machine whose pod it is, or -1
     * @param meetsOwnPods it also keeps out the next pod of its own virtual machine; the node it is on is left to KubeVirt, which
     *     never migrates to the same node
     */
    record Fixture(int node, int owner, boolean meetsOwnPods) {}

    private final PodTerm term;
    private final Lookup lookup;
    private final EntryFilters filters;
    private final Domains domains;
    private final BitSet holders = new BitSet();
    private final BitSet members;
    private final BitSet meetingOwnPods = new BitSet();
    private final List<Fixture> fixedHolders = new ArrayList<>();

    /** @param term does not exclude the pods of the instance that carries it */
    AntiAffinity(PodTerm term, Lookup lookup, EntryFilters filters) {
        this.term = term;
        this.lookup = lookup;
        this.filters = filters;
        domains = lookup.domains(term.topologyKey());
        members = lookup.matching(term);
    }

    /** @param meetsOwnPods the term as the pod carries it selects the pods of its own instance too */
    void addHolder(int vm, boolean meetsOwnPods) {
        holders.set(vm);
        meetingOwnPods.set(vm, meetsOwnPods);
    }

    boolean isHeldBy(int vm) {
        return holders.get(vm);
    }

    void addFixedHolder(Fixture holder) {
        fixedHolders.add(holder);
    }

    boolean separates() {
        return !holders.isEmpty() && !members.isEmpty() && !(holders.cardinality() == 1 && holders.equals(members));
    }

    Separation separation() {
        return new Separation(Origin.NATIVE, domains.of(), holders, members);
    }

    /** Keeps members away from what carries the term for good, and holders away from what it selects for good. */
    void filter() {
        if (!members.isEmpty()) {
            filter(members, fixedHolders, "a running pod's anti-affinity");
        }
        if (!holders.isEmpty()) {
            filter(holders, fixedMembers(), "the virtual machine's own anti-affinity");
        }
        BitSet meetingThemselves = (BitSet) meetingOwnPods.clone();
        meetingThemselves.and(members);
        meetingThemselves.stream().forEach(this::filterOwnDomain);
    }

    private List<Fixture> fixedMembers() {
        List<Fixture> result = new ArrayList<>();
        for (Pod pod : lookup.cluster.pods()) {
            int node = lookup.node(pod.node());
            int owner = lookup.owner(pod);
            boolean moves = owner >= 0 && members.get(owner);
            if (node >= 0 && !moves && lookup.matches(term, pod)) {
                result.add(new Fixture(node, owner, owner >= 0 && meetingOwnPods.get(owner)));
            }
        }
        return result;
    }

    private void filterOwnDomain(int vm) {
        int node = lookup.node(lookup.cluster.vms().get(vm).node());
        if (node >= 0) {
            BitSet own = new BitSet();
            own.set(vm);
            filter(own, List.of(new Fixture(node, vm, true)), "the virtual machine's own anti-affinity");
        }
    }

    private void filter(BitSet vms, List<Fixture> fixtures, String whose) {
        if (fixtures.isEmpty()) {
            return;
        }
        BitSet exceptions = new BitSet();
        fixtures.stream()
                .mapToInt(Fixture::owner)
                .filter(owner -> owner >= 0 && vms.get(owner))
                .forEach(exceptions::set);
        BitSet others = (BitSet) vms.clone();
        others.andNot(exceptions);
        add(others, free(fixtures, -1), whose);
        exceptions.stream().forEach(vm -> {
            BitSet one = new BitSet();
            one.set(vm);
            add(one, free(fixtures, vm), whose);
        });
    }

    private void add(BitSet vms, BitSet free, String whose) {
        if (!vms.isEmpty() && free.cardinality() < domains.of().length) {
            String reason = whose + " by (" + term.topologyKey() + ") for pods with " + Selectors.describe(term.pods())
                    + " keeps it out";
            filters.add(vms, new Filter(free, node -> reason));
        }
    }

    /** The nodes that fixtures leave to a virtual machine; -1 for one that owns none of them. */
    private BitSet free(List<Fixture> fixtures, int vm) {
        BitSet free = new BitSet();
        free.set(0, domains.of().length);
        for (Fixture fixture : fixtures) {
            int domain = domains.of()[fixture.node()];
            boolean own = vm >= 0 && fixture.owner() == vm;
            if (domain >= 0 && (!own || fixture.meetsOwnPods())) {
                BitSet taken = (BitSet) domains.nodes().get(domain).clone();
                taken.set(fixture.node(), !own);
                free.andNot(taken);
            }
        }
        return free;
    }
}
