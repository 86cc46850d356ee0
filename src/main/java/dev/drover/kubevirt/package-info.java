/**
 * The KubeVirt client: slim typed objects that hold only what Drover reads, and narrow writes.
 *
 * <p>A slim object must never be written back: fields that it does not know would be lost. Writes go through {@link
 * dev.drover.kubevirt.KubeVirtApi}, which creates, deletes and patches and never replaces.
 */
@NullMarked
package dev.drover.kubevirt;

import org.jspecify.annotations.NullMarked;
