package dev.drover.testbed.player;

/**
 * What the nodes have done since the player started.
 *
 * @param starts VMs that began to run
 * @param stops VMs that ended
 * @param succeeded migrations that moved a VM
 * @param failed migrations that failed on the nodes, without the aborted ones
 * @param aborted migrations that ended by an abort
 */
public record PlayerStats(long starts, long stops, long succeeded, long failed, long aborted) {}
