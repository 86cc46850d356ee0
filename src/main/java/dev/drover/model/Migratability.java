package dev.drover.model;

/**
 * Whether a running virtual machine can move live, from its condition LiveMigratable.
 *
 * @param reason the condition's reason, or why nothing is known; empty when it can move
 */
public record Migratability(boolean live, String reason) {
    public static final Migratability YES = new Migratability(true, "");
}
