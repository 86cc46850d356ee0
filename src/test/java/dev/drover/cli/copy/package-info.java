@NullMarked
package dev.drover.cli.copy;

import org.jspecify.annotations.NullMarked;
