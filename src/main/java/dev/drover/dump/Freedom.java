package dev.drover.dump;

import java.util.Set;

/**
 * What may be done with one virtual machine at the instant of the dump.
 *
 * @param byApproval a person has to approve each of its moves
 * @param because why not everything is possible, for a person; empty when it is
 * @param avoids names of the nodes that it is not sent to for a while, since it failed to move there
 */
public record Freedom(Extent extent, boolean byApproval, String because, Set<String> avoids) {
    public static final Freedom FREE = new Freedom(Extent.ALWAYS, false, "", Set.of());

    /** For what it may be moved. */
    public enum Extent {
        ALWAYS,
        /** Only a broken constraint is reason enough. */
        FOR_REPAIR,
        NEVER
    }

    public Freedom {
        avoids = Set.copyOf(avoids);
    }
}
