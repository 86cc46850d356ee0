package dev.drover.bench.scaling;

/**
 * How an application was served.
 *
 * @param demand millicore minutes that were asked for
 * @param unmet of these, those that no virtual machine was ready for
 * @param minutes of all virtual machines together, from the decision to have them on
 * @param more how often it was decided to have more
 * @param ahead how often because of a forecast
 * @param inBounds whether there were never fewer nor more than the rule allows
 */
record Outcome(double demand, double unmet, double minutes, long more, long ahead, boolean inBounds) {
    static final Outcome NONE = new Outcome(0, 0, 0, 0, 0, true);

    Outcome plus(Outcome other) {
        return new Outcome(
                demand + other.demand,
                unmet + other.unmet,
                minutes + other.minutes,
                more + other.more,
                ahead + other.ahead,
                inBounds && other.inBounds);
    }

    /** For that part of the time. */
    Outcome times(double part) {
        return new Outcome(part * demand, part * unmet, part * minutes, more, ahead, inBounds);
    }

    double unmetPercent() {
        return demand == 0 ? 0 : 100 * unmet / demand;
    }
}
