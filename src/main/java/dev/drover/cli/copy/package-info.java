/** The verb {@code copy}: what the two pods of a copy of disks run. */
@NullMarked
package dev.drover.cli.copy;

import org.jspecify.annotations.NullMarked;
