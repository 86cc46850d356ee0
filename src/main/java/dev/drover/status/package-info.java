/** Conditions, events and the reasons that both, and the labels of metrics, share. */
@NullMarked
package dev.drover.status;

import org.jspecify.annotations.NullMarked;
