/**
 * Which move next? The scheduler on flat arrays: moves between nodes that hold room at both ends, slots, bandwidth and rules in,
 * after each end of a move those out that are to start. A move has one leg, or two when it stops over on a third node. It knows nothing
 * of clusters, so that generated instances of any size and the product's own plans run through the same code.
 */
@NullMarked
package dev.drover.plan.sequence;

import org.jspecify.annotations.NullMarked;
