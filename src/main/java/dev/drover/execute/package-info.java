/** Starts, watches, aborts and settles migrations. The only package that moves a virtual machine. */
@NullMarked
package dev.drover.execute;

import org.jspecify.annotations.NullMarked;
