package dev.drover.forecast;

import java.util.List;
import java.util.stream.Stream;

/** The models that the product knows. */
public final class Models {
    private static final int LEAST_WINDOW = 12;

    private Models() {}

    /**
     * One of each, new.
     *
     * @param perDay  intervals of a day, 2 or more
     * @param largest the largest value that is told from larger ones, in the unit of the series
     */
    public static List<Model> all(int perDay, double largest) {
        return Stream.concat(
                        withoutSeason(perDay, largest).stream(),
                        Stream.of(new HoltWinters(perDay), new HoltWinters(7 * perDay)))
                .toList();
    }

    /**
     * Those that take little memory, new: for series of which there are many.
     *
     * @param perSeason intervals of a season, 2 or more
     */
    static List<Model> ofOneSeason(int perSeason) {
        double hour = perSeason / 24.0;
        return List.of(
                new WindowPercentile(LEAST_WINDOW, 50),
                new DecayedMoments(Math.max(1, hour / 6)),
                new DecayedMoments(Math.max(1, hour)),
                new MeanReversion(Math.max(1, 2 * hour)),
                new HoltWinters(perSeason));
    }

    private static List<Model> withoutSeason(int perDay, double largest) {
        double hour = perDay / 24.0;
        return List.of(
                new WindowPercentile(Math.max(LEAST_WINDOW, (int) Math.round(hour)), 50),
                new DecayedHistogram(perDay, 50, largest / 1000, largest),
                new DecayedMoments(Math.max(1, hour / 6)),
                new DecayedMoments(hour),
                new MeanReversion(2 * hour),
                new MeanReversion(perDay / 2.0));
    }
}
