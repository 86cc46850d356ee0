/** The machine reassignment problem of the ROADEF/EURO challenge 2012: its files, its rules, its cost. */
@NullMarked
package dev.drover.bench.roadef;

import org.jspecify.annotations.NullMarked;
