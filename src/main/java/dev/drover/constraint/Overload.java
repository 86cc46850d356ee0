package dev.drover.constraint;

/** A node whose pods request more of a resource than it can give. Amounts in the units of {@link dev.drover.model.Resources}. */
public record Overload(String node, String resource, long requested, long allocatable) {
    @Override
    public String toString() {
        return "node " + node + " is asked for (" + requested + ") of " + resource + " and has (" + allocatable + ")";
    }
}
