package dev.drover.kubevirt;

import java.util.Map;

/**
 * What KubeVirt's installation lets Drover do.
 *
 * @param installed its API is served and one KubeVirt object exists
 * @param version as KubeVirt reports it (v1.9.0); empty while unknown
 * @param updating it is not Deployed, or instances still run in launchers of an older version: only constraints are repaired
 * @param choosesTarget migrations can name their target (addedNodeSelector, KubeVirt 1.6 and later)
 * @param maxMigrations how many migrations KubeVirt runs at once in the cluster, 1 or more
 * @param maxOutboundPerNode how many of them may leave one node, 1 or more
 * @param nodeSelectors labels that it demands of the node of every launcher pod
 * @param message for a person: why not all is well, and what to do; empty when it is
 */
public record KubeVirtState(
        boolean installed,
        String version,
        boolean updating,
        boolean choosesTarget,
        int maxMigrations,
        int maxOutboundPerNode,
        Map<String, String> nodeSelectors,
        String message) {

    /** KubeVirt's own defaults. */
    public static final int DEFAULT_MAX_MIGRATIONS = 5;

    public static final int DEFAULT_MAX_OUTBOUND_PER_NODE = 2;

    public KubeVirtState {
        nodeSelectors = Map.copyOf(nodeSelectors);
    }

    /** Nothing is known of KubeVirt, for the reason that {@code message} gives. */
    public static KubeVirtState absent(String message) {
        return new KubeVirtState(
                false, "", false, false, DEFAULT_MAX_MIGRATIONS, DEFAULT_MAX_OUTBOUND_PER_NODE, Map.of(), message);
    }

    /** Whether live moves can be made at all. */
    public boolean canMove() {
        return installed && choosesTarget;
    }
}
