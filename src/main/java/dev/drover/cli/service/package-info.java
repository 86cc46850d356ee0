/** The verb {@code service}: how the services of a cluster stand, and what a person orders of them. */
@NullMarked
package dev.drover.cli.service;

import org.jspecify.annotations.NullMarked;
