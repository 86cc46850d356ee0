/** Where should it be? The solver, the score, the explanation, and the placement of virtual machines that start. Pure. */
@NullMarked
package dev.drover.placement;

import org.jspecify.annotations.NullMarked;
