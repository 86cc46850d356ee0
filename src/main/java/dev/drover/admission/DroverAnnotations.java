package dev.drover.admission;

/** What admission writes on launcher pods, by name. */
public final class DroverAnnotations {
    /** Until when the placement gate may hold the pod, RFC 3339. */
    public static final String DEADLINE = "drover.dev/placement-deadline";
    /** The name of the node that the engine chose for the pod. */
    public static final String CHOSEN_NODE = "drover.dev/chosen-node";
    /** The scheduling gate that holds a pod until its node is chosen. */
    public static final String GATE = "drover.dev/placement";

    private DroverAnnotations() {}
}
