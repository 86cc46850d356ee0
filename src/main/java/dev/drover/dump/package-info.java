/**
 * What did the operator know? The file that holds everything a decision looks at, at one instant: written from a snapshot, read without a
 * cluster.
 *
 * <p>The file is made for people: names, units and selectors are those of Kubernetes, constraints and policies are the {@code spec} that their
 * author wrote. It holds no secrets and no content of virtual machines: names, labels, requests, and where things are.
 */
@NullMarked
package dev.drover.dump;

import org.jspecify.annotations.NullMarked;
