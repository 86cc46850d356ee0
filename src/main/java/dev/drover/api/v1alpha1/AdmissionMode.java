package dev.drover.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Locale;

/** How starting virtual machines are placed. */
public enum AdmissionMode {
    /** Adds the rules to the virt-launcher pod, and the chosen node as a preference. */
    @JsonProperty("Advise")
    ADVISE,

    /** Holds the pod with a scheduling gate until its node is decided. */
    @JsonProperty("Gate")
    GATE,

    /** Leaves the pods as they are. */
    @JsonProperty("Off")
    OFF;

    /** Whether it takes more rights, and does more to a starting virtual machine, than {@code other}. */
    public boolean exceeds(AdmissionMode other) {
        return strength() > other.strength();
    }

    /** As people write it. */
    public String value() {
        return name().charAt(0) + name().substring(1).toLowerCase(Locale.ROOT);
    }

    private int strength() {
        return switch (this) {
            case OFF -> 0;
            case ADVISE -> 1;
            case GATE -> 2;
        };
    }
}
