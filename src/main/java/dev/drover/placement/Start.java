package dev.drover.placement;

import dev.drover.model.Resources;

/**
 * A virtual machine that needs a node.
 *
 * @param vm its index
 * @param requests of the launcher pod that starts
 * @param migrates it runs, and keeps the node where it does beside the new one, which is another
 */
public record Start(int vm, Resources requests, boolean migrates) {}
