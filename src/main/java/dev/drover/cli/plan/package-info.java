/** The verb {@code plan}: what would be done for a dump, and whether a plan is sound. */
@NullMarked
package dev.drover.cli.plan;

import org.jspecify.annotations.NullMarked;
