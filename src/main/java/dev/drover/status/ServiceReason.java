package dev.drover.status;

import static dev.drover.status.Reason.Text.normal;
import static dev.drover.status.Reason.Text.warning;

/** Reasons of services and their applications. */
public enum ServiceReason implements Reason {
    ALL_READY(normal("All virtual machines that are wanted are ready.")),
    NOT_ALL_READY(normal("Some virtual machines that are wanted are not ready.")),
    SERVICE_STOPPED(normal("The service is not to run: spec.runPolicy is Stopped.")),
    SERVICE_PAUSED(normal("The service is paused: Drover changes none of its virtual machines, and reports.")),
    APPLICATIONS_START(normal("Virtual machines of the service are being started.")),
    APPLICATIONS_STOP(normal("Virtual machines of the service are being stopped or removed.")),
    TEMPLATES_CHANGE(normal("Virtual machines are given a changed template, one after the other.")),
    REMOVING(normal("The service is being deleted.")),
    NOTHING_TO_DO(normal("Nothing of the service is being started, stopped or removed.")),
    NOTHING_FAILED(normal("Nothing that was ready has failed.")),
    APPLICATION_NOT_READY(warning(
            "A virtual machine was ready and is so no longer.",
            "Look at the application in the guest, and at the virtual machine.")),
    TEMPLATE_ACCEPTED(normal("KubeVirt takes what is made of the templates.")),
    TEMPLATE_UNCHECKED(normal("KubeVirt was not asked yet about the templates.")),
    TEMPLATE_REFUSED(warning("KubeVirt does not take what is made of a template.", "Correct the template.")),
    NO_DRIFT(normal("The virtual machines are as their templates say.")),
    TEMPLATE_DRIFT(
            warning(
                    "Somebody else has set fields of a virtual machine otherwise than its template, and keeps them.",
                    "Take the field out of the template, or give it back: 'kubectl apply --server-side --force-conflicts --field-manager=drover'.")),
    NAME_TAKEN(warning(
            "There is a virtual machine of a name that the service wants, and the service did not make it.",
            "Rename the application, or remove that virtual machine.")),
    IN_ANOTHER_SERVICE(
            warning("A selector matches virtual machines of another service.", "Make the selectors disjoint.")),
    WRITE_REFUSED(warning("The API server does not take a virtual machine.", "Look at the message.")),
    RELOCATING(normal("A virtual machine is on its way to another node.")),
    RELOCATED(normal("A virtual machine is ready on its new node.")),
    NOT_RELOCATED(warning("A virtual machine was not relocated.", "Look at status.relocations.")),
    NOTHING_LOST(normal("The nodes of all virtual machines of the service are ready.")),
    DEATH_NOT_PROVEN(warning(
            "A node is not ready, and nothing proves that it is down: what was on it may still run.",
            "Fence the node, or make sure that it is off and write the annotation drover.dev/node-is-down on it.")),
    RECOVERY_BRAKED(warning("Too many nodes are lost: nothing is restarted.", "Look at the network.")),
    RECOVERING(normal("What was on a node that is proven down is being restarted.")),
    RECOVERED(normal("A virtual machine whose node has died is ready again."));

    private final Text text;

    ServiceReason(Text text) {
        this.text = text;
    }

    @Override
    public Text text() {
        return text;
    }
}
