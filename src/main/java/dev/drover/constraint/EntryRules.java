package dev.drover.constraint;

import dev.drover.model.Cluster;
import dev.drover.model.VmId;
import java.util.List;
import java.util.Map;

/** Says why a virtual machine may not be put on a node, by every rule about single nodes. Immutable once made. */
public final class EntryRules {
    private final EntryFilters filters;
    private final Map<String, Integer> nodes;
    private final Map<VmId, Integer> vms;

    private EntryRules(EntryFilters filters, Cluster cluster) {
        this.filters = filters;
        nodes = cluster.nodeIndex();
        vms = cluster.vmIndex();
    }

    /** @param constraints as given to {@link ConstraintCompiler#compile} */
    public static EntryRules of(Cluster cluster, List<Constraint> constraints) {
        return new EntryRules(ConstraintCompiler.filters(cluster, constraints), cluster);
    }

    /**
     * Every reason why the virtual machine may not enter the node; none exactly when {@link CompiledRules#mayEnter} contains the
     * node. Rules that depend on where others are, such as Spread, are not among them.
     *
     * @throws IllegalArgumentException if the cluster does not contain both
     */
    public List<String> explainEntry(VmId vm, String node) {
        Integer vmIndex = vms.get(vm);
        Integer nodeIndex = nodes.get(node);
        if (vmIndex == null || nodeIndex == null) {
            throw new IllegalArgumentException("The virtual machine (" + vm + ") or the node (" + node
                    + ") is not in the cluster. Ask about those of the same snapshot.");
        }
        return filters.reasons(vmIndex, nodeIndex);
    }
}
