/** Placing virtual machines that start, one after another, on synthetic nodes. */
@NullMarked
package dev.drover.bench.start;

import org.jspecify.annotations.NullMarked;
