package dev.drover.observe;

import java.time.Instant;

/**
 * A place that is promised and that no object shows yet.
 *
 * @param instanceUid the VirtualMachineInstance that it is for; it has at most one
 * @param node the node's name
 * @param migration name of the migration that was created for it; empty for an instance that starts
 * @param expires from then on it does not hold any more
 */
public record Reservation(String instanceUid, String node, String migration, Instant expires) {

    public static Reservation start(String instanceUid, String node, Instant expires) {
        return new Reservation(instanceUid, node, "", expires);
    }

    public static Reservation migration(String instanceUid, String node, String migration, Instant expires) {
        return new Reservation(instanceUid, node, migration, expires);
    }

    public boolean isMigration() {
        return !migration.isEmpty();
    }
}
