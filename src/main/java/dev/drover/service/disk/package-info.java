/**
 * How do the disks of a stopped virtual machine come to another node, when only their own node reaches them? They are copied into new
 * volumes, and the claims are bound to these under the same names; nothing of the old ones is deleted before the virtual machine is ready.
 */
@NullMarked
package dev.drover.service.disk;

import org.jspecify.annotations.NullMarked;
