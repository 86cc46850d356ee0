package dev.drover.status;

import static dev.drover.status.Reason.Text.normal;
import static dev.drover.status.Reason.Text.warning;

/** Reasons of policies: whether anything is done. */
public enum GateReason implements Reason {
    ACTIVE(normal("The policy is not paused.")),
    PAUSED(normal("The policy's mode is Off: Drover observes only.", "Set spec.mode to Recommend or Automatic.")),
    POLICIES_OVERLAP(warning(
            "An older policy governs some of the nodes that this one selects, so this one governs none.",
            "Make the node selectors disjoint.")),
    GOVERNS_NO_NODE(
            warning("The policy's selector matches no node.", "Compare it with 'kubectl get nodes --show-labels'.")),
    UP_TO_DATE(normal("What Drover sees is up to date.")),
    STALE_CACHE(warning(
            "What Drover sees may be out of date, so it does not act.",
            "Look at the message; it clears by itself when the API server answers again.")),
    OUTSIDE_WINDOW(normal(
            "Balancing is not allowed at this time; constraints are still repaired.",
            "Change spec.budget.windows if this is not wanted.")),
    CIRCUIT_CLOSED(normal("Migrations work.")),
    CIRCUIT_OPEN(
            warning(
                    "Too many of the last migrations failed, so nothing is moved that no person approved.",
                    "Find out why they failed, then annotate the policy with drover.dev/reset-circuit=TIME, the time of now in RFC 3339.")),
    KUBE_VIRT_ABSENT(warning("KubeVirt is not installed.", "Install it; Drover starts working by itself.")),
    KUBE_VIRT_UPDATING(normal("KubeVirt is being updated, so only constraints are repaired.")),
    KUBE_VIRT_TOO_OLD(warning(
            "This KubeVirt cannot send a migration to a chosen node (addedNodeSelector, KubeVirt 1.6), so Drover recommends only.",
            "Update KubeVirt.")),
    ADMISSION_LIMITED(
            warning(
                    "The policy asks for more at the start of virtual machines than this operator was installed for, so it gets less.",
                    "Set features.admission of the chart (or --admission of the operator) to what the policy asks for, or ask for less in spec.admission.")),
    NO_METRICS(warning(
            "There are no measurements, so requests count as demand, or nothing is balanced where the policy demands metrics.",
            "Install metrics-server, or set spec.demand.source to Requests.")),
    METRICS_INVALID(warning(
            "A measurement is not a number, negative or absurd, and was not used.", "Look at the metrics source."));

    private final Text text;

    GateReason(Text text) {
        this.text = text;
    }

    @Override
    public Text text() {
        return text;
    }
}
