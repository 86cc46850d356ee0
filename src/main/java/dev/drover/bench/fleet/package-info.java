/** A fleet of equal nodes and its virtual machines, from one file: rebalancing, repairing and evacuating it. */
@NullMarked
package dev.drover.bench.fleet;

import org.jspecify.annotations.NullMarked;
