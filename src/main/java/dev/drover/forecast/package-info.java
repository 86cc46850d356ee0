/** What will be asked? Measured load becomes the demand that decisions count on. Pure. */
@NullMarked
package dev.drover.forecast;

import org.jspecify.annotations.NullMarked;
