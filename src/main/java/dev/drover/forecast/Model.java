package dev.drover.forecast;

/** Learns one series of values at equal intervals and says what comes next. Not safe for threads. */
public interface Model {

    /** What people call it. */
    String name();

    /**
     * The next value, one interval after the last.
     *
     * @param value 0 or more; NaN when it was not measured, which lets time pass and changes nothing else
     */
    void observe(double value);

    /**
     * What it expects.
     *
     * @param ahead intervals after the last one observed, 1 or more
     * @return NaN as long as it knows too little
     */
    double predict(int ahead);
}
