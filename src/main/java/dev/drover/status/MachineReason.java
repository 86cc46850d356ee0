package dev.drover.status;

import static dev.drover.status.Reason.Text.normal;
import static dev.drover.status.Reason.Text.warning;

/** Reasons of single virtual machines. */
public enum MachineReason implements Reason {
    PLACED(normal("The virtual machine runs on a node.")),
    NOT_RUNNING(normal("The virtual machine does not run.")),
    STARTING(normal("The virtual machine is being started.")),
    MIGRATING(normal("The virtual machine is being migrated.")),
    MIGRATABLE(normal("The virtual machine can move live.")),
    NOT_LIVE_MIGRATABLE(warning(
            "KubeVirt says that the virtual machine cannot move live.", "Look at its condition LiveMigratable.")),
    POD_LEFT_BEHIND(warning(
            "A pod of it is left on another node, so KubeVirt does not move it.",
            "If that node is dead, bring it back or fence it with the taint node.kubernetes.io/out-of-service.")),
    AUTOMATION_OFF(normal("Its profile keeps Drover from moving it.")),
    RELOCATION_NEVER(normal("Its profile keeps it where it is.")),
    HISTORY_NOT_KEPT(warning(
            "The API server does not take what happened to it into its VirtualMachinePlacement, so it is not moved.",
            "Look at the message: often its namespace is being deleted, or a quota counts these objects.")),
    COOLDOWN(normal("It was moved not long ago, or a move failed.", "It is moved again after status.cooldownUntil.")),
    DAILY_LIMIT(normal("It was moved as often as is allowed in 24 hours.")),
    GATED(normal("Its pod waits for its node to be decided.")),
    NO_NODE_YET(warning(
            "No node takes it, or not all of its gang are there, so its pod waits at the placement gate.",
            "Look at the message. It starts as soon as that changes, and at the gate's deadline in any case.")),
    GANG_INVALID(warning(
            "It says that it belongs to a gang, but not how large that is, so it starts alone.",
            "Give its template the label drover.dev/gang-size: a number from 1 to 256.")),
    GATE_LIFTED(normal("Its pod was released to the node that was decided.")),
    GATE_OVERDUE(
            warning("No node was decided in time, so its pod was released to kube-scheduler.", "Look at the message.")),
    GATE_NOT_LIFTED(warning(
            "Its pod is held past its deadline: the operator has no right to lift the placement gate.",
            "Run drover lift-gates. Often features.admission was lowered from Gate while the pod was held."));

    private final Text text;

    MachineReason(Text text) {
        this.text = text;
    }

    @Override
    public Text text() {
        return text;
    }
}
