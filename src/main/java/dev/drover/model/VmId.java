package dev.drover.model;

/** A virtual machine's namespace and name; its running instance has the same. */
public record VmId(String namespace, String name) implements Comparable<VmId> {
    @Override
    public int compareTo(VmId other) {
        int byNamespace = namespace.compareTo(other.namespace);
        return byNamespace == 0 ? name.compareTo(other.name) : byNamespace;
    }

    @Override
    public String toString() {
        return namespace + "/" + name;
    }
}
