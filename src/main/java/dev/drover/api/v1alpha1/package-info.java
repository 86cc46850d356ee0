/**
 * What do users write? The custom resources of {@code drover.dev/v1alpha1}: a leaf that the pure packages never import.
 *
 * <p>A component that is not {@code @Nullable} is never null once the object was built: what the JSON leaves out gets the default
 * that the schema states, an empty list or an empty map. Instances are immutable and safe to share between threads.
 */
@NullMarked
package dev.drover.api.v1alpha1;

import org.jspecify.annotations.NullMarked;
