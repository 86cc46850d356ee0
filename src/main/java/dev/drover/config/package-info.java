/** Settings, the clock and the random source: the only place that asks the process's environment for any of them. */
@NullMarked
package dev.drover.config;

import org.jspecify.annotations.NullMarked;
