package dev.drover.placement;

import java.util.List;

/** Virtual machines that start all together or not at all. One alone is a gang, too. */
public record Gang(List<Start> starts) {
    public Gang {
        starts = List.copyOf(starts);
        if (starts.isEmpty()) {
            throw new IllegalArgumentException("The gang (" + starts + ") is empty. Give it a start.");
        }
    }

    public static Gang of(Start alone) {
        return new Gang(List.of(alone));
    }
}
