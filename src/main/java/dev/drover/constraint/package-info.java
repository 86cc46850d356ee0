/** What must hold? The catalogue of placement constraints, their compilation for the solver, and the independent checkers. Pure. */
@NullMarked
package dev.drover.constraint;

import org.jspecify.annotations.NullMarked;
