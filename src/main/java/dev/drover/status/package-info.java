/** Conditions, events and the reasons that both share with the faults of policies. */
@NullMarked
package dev.drover.status;

import org.jspecify.annotations.NullMarked;
