/** How good are the forecasts? Each model on the past of published traces, beside "the same as now". */
@NullMarked
package dev.drover.bench.forecast;

import org.jspecify.annotations.NullMarked;
