package dev.drover.model;

/**
 * Whether a running virtual machine can move live, from its condition LiveMigratable.
 *
 * @param reason the condition's reason, or why nothing is known; empty when it can move
 * @param bandwidth the most that KubeVirt lets one migration of it send, in bytes a second; 0 when it sets no limit
 */
public record Migratability(boolean live, String reason, long bandwidth) {
    public static final Migratability YES = new Migratability(true, "", 0);

    /** It stays where it is. */
    public static Migratability no(String reason) {
        return new Migratability(false, reason, 0);
    }

    public Migratability limitedTo(long bandwidth) {
        return new Migratability(live, reason, bandwidth);
    }
}
