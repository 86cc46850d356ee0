/** What does it help to scale an application ahead of its load? Recorded days, served by as many virtual machines as the rule asks for. */
@NullMarked
package dev.drover.bench.scaling;

import org.jspecify.annotations.NullMarked;
