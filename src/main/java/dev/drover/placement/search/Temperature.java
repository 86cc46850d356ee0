package dev.drover.placement.search;

/**
 * The temperature of one annealing over its course: it falls geometrically from {@code hot} to a small part of it, and in the last
 * stretch to nothing.
 */
record Temperature(double hot) {
    private static final double COLD_PART = 0.001;
    private static final double LAST_STRETCH = 0.92;
    private static final double NOTHING = 0.5;

    /** @param spent the part of the annealing that is over, 0 to 1 */
    double at(double spent) {
        double cold = hot * COLD_PART;
        if (spent < LAST_STRETCH) {
            return hot * Math.pow(COLD_PART, spent / LAST_STRETCH);
        }
        double rest = (spent - LAST_STRETCH) / (1 - LAST_STRETCH);
        return cold <= NOTHING ? cold : cold * Math.pow(NOTHING / cold, rest);
    }
}
