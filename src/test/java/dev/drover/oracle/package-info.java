/**
 * Oracles: what is best, found by methods that prove it, on problems small enough for that. They share nothing with the product but
 * the model of the cluster and the words of the rules, so that a mistake in the engine is not repeated here. Two of them,
 * OR-Tools CP-SAT and plain enumeration, check each other.
 */
@NullMarked
package dev.drover.oracle;

import org.jspecify.annotations.NullMarked;
