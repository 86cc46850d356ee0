/**
 * The demo: a control plane, the operator and some virtual machines that get into trouble and are put right, told one line an event,
 * with every expectation checked by code. Start it with {@code make demo}; {@code SCENARIO=service} tells the story of a service.
 */
@NullMarked
package dev.drover.demo;

import org.jspecify.annotations.NullMarked;
