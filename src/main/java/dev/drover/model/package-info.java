/**
 * What is there? Immutable values of nodes, pods, virtual machines and migrations, as they were at one instant.
 *
 * <p>Pure: no framework, no input or output, safe to share between threads.
 */
@NullMarked
package dev.drover.model;

import org.jspecify.annotations.NullMarked;
