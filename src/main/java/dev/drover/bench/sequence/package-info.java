/** Moves between equal nodes, from one file: putting them in an order. */
@NullMarked
package dev.drover.bench.sequence;

import org.jspecify.annotations.NullMarked;
