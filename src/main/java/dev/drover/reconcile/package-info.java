/** One reconciler a kind, and the loop over the whole cluster. */
@NullMarked
package dev.drover.reconcile;

import org.jspecify.annotations.NullMarked;
