/** Draws what was measured. */
@NullMarked
package dev.drover.bench.plot;

import org.jspecify.annotations.NullMarked;
