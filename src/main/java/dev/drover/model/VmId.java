package dev.drover.model;

import java.util.Comparator;

/** A virtual machine's namespace and name; its running instance has the same. */
public record VmId(String namespace, String name) implements Comparable<VmId> {
    private static final Comparator<VmId> ORDER =
            Comparator.comparing(VmId::namespace).thenComparing(VmId::name);

    @Override
    public int compareTo(VmId other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return namespace + "/" + name;
    }
}
