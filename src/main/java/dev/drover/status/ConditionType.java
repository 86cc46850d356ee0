package dev.drover.status;

/** The conditions that Drover sets; which kind has which is in the description of its {@code status.conditions}. */
public enum ConditionType {
    ACCEPTED,
    AVAILABLE,
    BALANCED,
    CIRCUIT_OPEN,
    CONFLICTING,
    DEGRADED,
    FRESH,
    MIGRATABLE,
    PAUSED,
    PLACED,
    PRESSURE,
    PROGRESSING,
    REACHABLE,
    READY,
    RULES_IN_FORCE,
    RECOVERING,
    SATISFIED,
    STALLED,
    SUCCEEDED,
    SUPERSEDED,
    TEMPLATE_ACCEPTED,
    TEMPLATE_DRIFT;

    private final String value = Words.camelCase(name());

    /** As it stands in {@code type}, for example {@code CircuitOpen}. */
    public String value() {
        return value;
    }
}
