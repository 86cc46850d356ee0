/**
 * What does the cluster show? One set of shared informers and the measured load become an immutable {@link
 * dev.drover.observe.Snapshot}, together with how far it can be trusted.
 */
@NullMarked
package dev.drover.observe;

import org.jspecify.annotations.NullMarked;
