/**
 * How do the disks of a virtual machine get from one node to another? A sender reads them, a receiver writes them, and both prove to each other by
 * SHA-256 that the same is on both sides.
 *
 * <p>It runs in two pods, outside of the operator, and knows the JDK only. One TLS 1.3 connection; each side has the same certificate and trusts no
 * other. The sender, once welcomed, says what its disks hold ({@link dev.drover.copy.Frame.Manifest}); the receiver refuses before it touches
 * anything, or accepts, removes what is there, and takes the content; it forces all to the disk, reads it again and answers with the sums of what it
 * read; the sender agrees when they are its own. While a side works on its own it says so ({@link dev.drover.copy.Frame.Working}), so a
 * connection on which nothing goes on is known to be dead, and is closed.
 */
@NullMarked
package dev.drover.copy;

import org.jspecify.annotations.NullMarked;
