package dev.drover.model;

import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * All that placement looks at, at one instant. Nodes are sorted by name and virtual machines by id, so that an index into
 * either list means the same thing wherever this cluster is passed.
 *
 * @param pods every unfinished pod, launchers of {@code vms} included
 * @param namespaces labels of every namespace by name
 */
public record Cluster(
        Instant takenAt,
        List<Node> nodes,
        List<Vm> vms,
        List<Pod> pods,
        List<Migration> migrations,
        Map<String, Map<String, String>> namespaces) {
    public Cluster {
        nodes = nodes.stream().sorted(Comparator.comparing(Node::name)).toList();
        vms = vms.stream().sorted(Comparator.comparing(Vm::id)).toList();
        pods = List.copyOf(pods);
        migrations = List.copyOf(migrations);
        namespaces = Map.copyOf(namespaces);
    }

    /** Index of each node by its name. */
    public Map<String, Integer> nodeIndex() {
        Map<String, Integer> index = new HashMap<>();
        for (int i = 0; i < nodes.size(); i++) {
            index.put(nodes.get(i).name(), i);
        }
        return index;
    }

    /** Index of each virtual machine by its id. */
    public Map<VmId, Integer> vmIndex() {
        Map<VmId, Integer> index = new HashMap<>();
        for (int i = 0; i < vms.size(); i++) {
            index.put(vms.get(i).id(), i);
        }
        return index;
    }
}
