/** The verb {@code bench}: measures the engine on files. */
@NullMarked
package dev.drover.cli.bench;

import org.jspecify.annotations.NullMarked;
