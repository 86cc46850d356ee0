/** Copies of disks over the loopback address, with folders and plain files as disks. */
@NullMarked
package dev.drover.copy;

import org.jspecify.annotations.NullMarked;
