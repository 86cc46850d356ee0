/** Everything that is to be measured, on the published instances, against its targets: {@code make bench-full}. */
@NullMarked
package dev.drover.bench.sweep;

import org.jspecify.annotations.NullMarked;
