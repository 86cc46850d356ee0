/**
 * Where does a virtual machine start? The mutating webhook on virt-launcher pods and the placement gate. Nothing else is admitted here:
 * Drover's own kinds are guarded by their schemas.
 *
 * <p>The webhook fails open: whatever goes wrong, the pod is admitted as it came. The core ({@link dev.drover.admission.PodAdmission})
 * knows nothing of HTTP.
 */
@NullMarked
package dev.drover.admission;

import org.jspecify.annotations.NullMarked;
