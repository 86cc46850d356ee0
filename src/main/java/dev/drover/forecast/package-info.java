/**
 * What will be asked? Measured load becomes the demand that decisions count on. Pure.
 *
 * <p>{@link dev.drover.forecast.UsageWindow} holds what was measured. {@link dev.drover.forecast.Forecaster} looks ahead: several
 * {@link dev.drover.forecast.Model models} are tested on the past of each series, and only one that would have been better than "the
 * same as now" is believed.
 */
@NullMarked
package dev.drover.forecast;

import org.jspecify.annotations.NullMarked;
