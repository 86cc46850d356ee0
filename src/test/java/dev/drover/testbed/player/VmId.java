package dev.drover.testbed.player;

/** The namespace and the name of a VirtualMachine; its running instance has the same ones. */
public record VmId(String namespace, String name) {

    /** A VM in the namespace {@code default}. */
    public static VmId of(String name) {
        return new VmId("default", name);
    }

    @Override
    public String toString() {
        return namespace + "/" + name;
    }
}
