/**
 * The command line: what a person or a pod starts.
 *
 * <p>Only {@code drover operator} starts the container of the application; every other verb is a plain program that answers in about a second, so
 * that it fits a hook of an installer or a shell prompt. Each verb is one class, named after it.
 */
@NullMarked
package dev.drover.cli;

import org.jspecify.annotations.NullMarked;
