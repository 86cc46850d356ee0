@NullMarked
package dev.drover.status;

import org.jspecify.annotations.NullMarked;
