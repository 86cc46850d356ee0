/** What does it help to move virtual machines before a contention that is forecast? Recorded days, on nodes that are too few for their peaks. */
@NullMarked
package dev.drover.bench.premove;

import org.jspecify.annotations.NullMarked;
