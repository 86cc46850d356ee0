package dev.drover.admission;

/** A gated pod and the node that was chosen for it. */
record Seat(GatedPod pod, String node) {
    @Override
    public String toString() {
        return pod.address() + " on " + node;
    }
}
