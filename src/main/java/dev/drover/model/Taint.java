package dev.drover.model;

/** A node's taint. Only NoSchedule and NoExecute keep pods away; PreferNoSchedule never does. */
public record Taint(String key, String value, Effect effect) {
    public enum Effect {
        NO_SCHEDULE,
        PREFER_NO_SCHEDULE,
        NO_EXECUTE
    }
}
