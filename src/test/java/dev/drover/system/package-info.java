/**
 * The whole operator, as it is packaged, on a real control plane: a process of its own that is started, disturbed, killed and started
 * again, and judged by what the API server shows.
 */
@NullMarked
package dev.drover.system;

import org.jspecify.annotations.NullMarked;
