package dev.drover.model;

import java.util.List;
import java.util.Map;

/** A label selector: all requirements must hold. {@link #EVERYTHING} has none, {@link #NOTHING} can never hold. */
public record Selector(List<Requirement> requirements) {
    public static final Selector EVERYTHING = new Selector(List.of());
    public static final Selector NOTHING =
            new Selector(List.of(new Requirement("drover.dev/never", Requirement.Operator.IN, List.of())));

    public Selector {
        requirements = List.copyOf(requirements);
    }

    public static Selector of(Map<String, String> matchLabels) {
        return new Selector(matchLabels.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(entry -> Requirement.in(entry.getKey(), entry.getValue()))
                .toList());
    }

    public boolean matches(Map<String, String> labels) {
        for (Requirement requirement : requirements) {
            if (!requirement.matches(labels)) {
                return false;
            }
        }
        return true;
    }
}
