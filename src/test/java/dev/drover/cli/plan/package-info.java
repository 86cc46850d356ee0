@NullMarked
package dev.drover.cli.plan;

import org.jspecify.annotations.NullMarked;
