package dev.drover.admission;

import dev.drover.model.Resources;
import org.jspecify.annotations.Nullable;

/**
 * A launcher pod that needs a node.
 *
 * @param instanceUid of the virtual machine instance that it is for
 * @param migration name of the migration whose target it is; null for a start
 * @param requests of this very pod: the snapshot may not show it yet
 */
record Arrival(String instanceUid, @Nullable String migration, Resources requests) {}
