/** Wiring, health, metrics and the start of the process. */
@NullMarked
package dev.drover.app;

import org.jspecify.annotations.NullMarked;
