/** In what order? Sequencing, pricing and budgets of moves, and the checker of a plan at each of its instants. Pure. */
@NullMarked
package dev.drover.plan;

import org.jspecify.annotations.NullMarked;
