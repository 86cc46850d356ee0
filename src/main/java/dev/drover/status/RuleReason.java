package dev.drover.status;

import static dev.drover.status.Reason.Text.normal;
import static dev.drover.status.Reason.Text.warning;

/** Reasons of rules and profiles. */
public enum RuleReason implements Reason {
    ACCEPTED(normal("The rule or profile makes sense and is in force.")),
    SATISFIED(normal("Everything that is demanded holds.")),
    VIOLATED(warning(
            "Something that is demanded does not hold now; Drover repairs it if it may.",
            "Look at status.violations, and at the policy's status.faults if it stays.")),
    PREFERENCE_UNMET(normal(
            "What the rule prefers is not the case now; Drover seeks it where nothing more important speaks against it.",
            "Look at status.violations. Set enforcement to Required if it must hold.")),
    NO_CONFLICT(normal("Nothing stands against the rule, profile or policy.")),
    RULES_CONFLICT(warning(
            "The rule cannot hold together with those in conflictsWith. Of such a set the newest is not acted on.",
            "Change or remove one of them.")),
    RULE_CANNOT_HOLD(warning(
            "The rule cannot hold whatever the others say, for example a spread over more domains than there are.",
            "Change the rule, or add nodes.")),
    SELECTOR_MATCHES_NOTHING(warning(
            "No running virtual machine is selected.",
            "Compare the selector with the labels under spec.template.metadata.labels.")),
    LABELS_NOT_ON_TEMPLATE(warning(
            "The selector matches labels of VirtualMachine objects, which never reach their instances.",
            "Put the labels under spec.template.metadata.labels and restart the virtual machine.")),
    UNKNOWN_NODE(warning("A node selector matches no node.", "Compare it with 'kubectl get nodes --show-labels'.")),
    UNKNOWN_TOPOLOGY_KEY(
            warning("No node has the label that a topologyKey names.", "Label the nodes, or name another key.")),
    UNKNOWN_RESOURCE(warning(
            "No node offers the resource that a Capacity limits.", "Compare it with status.allocatable of the nodes.")),
    OLDER_PROFILE_WINS(warning(
            "An older profile already describes some of these virtual machines.",
            "Make the selectors disjoint, or select by name."));

    private final Text text;

    RuleReason(Text text) {
        this.text = text;
    }

    @Override
    public Text text() {
        return text;
    }
}
