package dev.drover.placement;

import dev.drover.forecast.Band;
import dev.drover.forecast.Forecast;
import dev.drover.forecast.Outlook;
import dev.drover.model.VmId;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Forecasts for tests: what each virtual machine of a {@link World} is to need in half an hour, trusted or not. */
public final class Said {
    private final Map<VmId, List<Forecast>> forecasts = new HashMap<>();

    /** Trusted, and so far half as wrong as "the same as now". */
    public Said of(String vm, double millis) {
        forecasts.put(World.id(vm), List.of(new Forecast.Trusted("made up", band(millis), 10, 20)));
        return this;
    }

    /** {@code count} like it: name-1, name-2 ... */
    public Said ofAll(int count, String name, double millis) {
        for (int number = 1; number <= count; number++) {
            of(name + "-" + number, millis);
        }
        return this;
    }

    /** Not trusted. */
    public Said doubted(String vm, double millis) {
        forecasts.put(World.id(vm), List.of(new Forecast.NoBetterThanNow(band(millis), 10)));
        return this;
    }

    private static Band band(double millis) {
        return new Band(millis, millis, millis);
    }

    public Outlook outlook() {
        return new Outlook(List.of(World.NOW.plus(Duration.ofMinutes(30))), forecasts);
    }
}
