/**
 * The published instances of BtrPlace (Hermenier, Lawall, Muller: IEEE TDSC 2013): a cluster, rules that are to hold from now on, and a plan
 * of boots, migrations and allocations that breaks none of them on the way.
 */
@NullMarked
package dev.drover.bench.btrplace;

import org.jspecify.annotations.NullMarked;
