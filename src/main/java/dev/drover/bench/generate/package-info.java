/** Instances of any size for the benchmarks. */
@NullMarked
package dev.drover.bench.generate;

import org.jspecify.annotations.NullMarked;
