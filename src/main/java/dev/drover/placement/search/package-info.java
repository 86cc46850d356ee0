/**
 * The search on flat arrays: a {@link dev.drover.placement.search.Problem} in, a better arrangement out. It knows nothing of
 * clusters and rules, only nodes, virtual machines and resources by number, so that published instances and the product's own
 * run through the same code.
 */
@NullMarked
package dev.drover.placement.search;

import org.jspecify.annotations.NullMarked;
