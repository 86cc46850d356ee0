@NullMarked
package dev.drover.dump;

import org.jspecify.annotations.NullMarked;
