package dev.drover.forecast;

/** What can be said of a series' future, and how well that was tested on its past. */
public sealed interface Forecast {

    /** Nothing, or too little, was measured. */
    record Unknown() implements Forecast {}

    /**
     * No model was better on the past than to expect the last value again, so act on what is, not on a forecast.
     *
     * @param error its mean absolute error on the past
     */
    record NoBetterThanNow(Band band, double error) implements Forecast {}

    /**
     * A model that was better on the past.
     *
     * @param error      its mean absolute error on the past
     * @param errorOfNow that of "the same as now" over the same time, which is larger
     */
    record Trusted(String model, Band band, double error, double errorOfNow) implements Forecast {}
}
