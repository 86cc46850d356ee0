package dev.drover.status;

import static dev.drover.status.Reason.Severity.NORMAL;
import static dev.drover.status.Reason.Severity.WARNING;

/**
 * Why something is as it is: the one vocabulary of conditions, events and faults. The reference of reasons is
 * generated from this enum: the texts of the constants are their documentation.
 */
public enum Reason {
    RECONCILED(Topic.OBJECTS, NORMAL, "The object is carried out as it stands.", ""),
    INVALID(
            Topic.OBJECTS,
            WARNING,
            "The object cannot be understood, although the API server accepted it.",
            "Correct what the message names."),

    ACCEPTED(Topic.RULES, NORMAL, "The rule or profile makes sense and is in force.", ""),
    SATISFIED(Topic.RULES, NORMAL, "Everything that is demanded holds.", ""),
    VIOLATED(
            Topic.RULES,
            WARNING,
            "Something that is demanded does not hold now; Drover repairs it if it may.",
            "Look at status.violations, and at the policy's status.faults if it stays."),
    PREFERENCE_UNMET(
            Topic.RULES,
            NORMAL,
            "What the rule prefers is not the case now; Drover seeks it where nothing more important speaks against it.",
            "Look at status.violations. Set enforcement to Required if it must hold."),
    NO_CONFLICT(Topic.RULES, NORMAL, "Nothing stands against the rule, profile or policy.", ""),
    RULES_CONFLICT(
            Topic.RULES,
            WARNING,
            "The rule cannot hold together with those in conflictsWith. Of such a set the newest is not acted on.",
            "Change or remove one of them."),
    RULE_CANNOT_HOLD(
            Topic.RULES,
            WARNING,
            "The rule cannot hold whatever the others say, for example a spread over more domains than there are.",
            "Change the rule, or add nodes."),
    SELECTOR_MATCHES_NOTHING(
            Topic.RULES,
            WARNING,
            "No running virtual machine is selected.",
            "Compare the selector with the labels under spec.template.metadata.labels."),
    LABELS_NOT_ON_TEMPLATE(
            Topic.RULES,
            WARNING,
            "The selector matches labels of VirtualMachine objects, which never reach their instances.",
            "Put the labels under spec.template.metadata.labels and restart the virtual machine."),
    UNKNOWN_NODE(
            Topic.RULES,
            WARNING,
            "A node selector matches no node.",
            "Compare it with 'kubectl get nodes --show-labels'."),
    UNKNOWN_TOPOLOGY_KEY(
            Topic.RULES,
            WARNING,
            "No node has the label that a topologyKey names.",
            "Label the nodes, or name another key."),
    UNKNOWN_RESOURCE(
            Topic.RULES,
            WARNING,
            "No node offers the resource that a Capacity limits.",
            "Compare it with status.allocatable of the nodes."),
    OLDER_PROFILE_WINS(
            Topic.RULES,
            WARNING,
            "An older profile already describes some of these virtual machines.",
            "Make the selectors disjoint, or select by name."),

    ACTIVE(Topic.GATE, NORMAL, "The policy is not paused.", ""),
    PAUSED(
            Topic.GATE,
            NORMAL,
            "The policy's mode is Off: Drover observes only.",
            "Set spec.mode to Recommend or Automatic."),
    POLICIES_OVERLAP(
            Topic.GATE,
            WARNING,
            "An older policy governs some of the nodes that this one selects, so this one governs none.",
            "Make the node selectors disjoint."),
    GOVERNS_NO_NODE(
            Topic.GATE,
            WARNING,
            "The policy's selector matches no node.",
            "Compare it with 'kubectl get nodes --show-labels'."),
    UP_TO_DATE(Topic.GATE, NORMAL, "What Drover sees is up to date.", ""),
    STALE_CACHE(
            Topic.GATE,
            WARNING,
            "What Drover sees may be out of date, so it does not act.",
            "Look at the message; it clears by itself when the API server answers again."),
    OUTSIDE_WINDOW(
            Topic.GATE,
            NORMAL,
            "Balancing is not allowed at this time; constraints are still repaired.",
            "Change spec.budget.windows if this is not wanted."),
    CIRCUIT_CLOSED(Topic.GATE, NORMAL, "Migrations work.", ""),
    CIRCUIT_OPEN(
            Topic.GATE,
            WARNING,
            "Too many of the last migrations failed, so nothing is moved that no person approved.",
            "Find out why they failed, then annotate the policy with drover.dev/reset-circuit=TIME, the time of now in RFC 3339."),
    KUBE_VIRT_ABSENT(Topic.GATE, WARNING, "KubeVirt is not installed.", "Install it; Drover starts working by itself."),
    KUBE_VIRT_UPDATING(Topic.GATE, NORMAL, "KubeVirt is being updated, so only constraints are repaired.", ""),
    KUBE_VIRT_TOO_OLD(
            Topic.GATE,
            WARNING,
            "This KubeVirt cannot send a migration to a chosen node (addedNodeSelector, KubeVirt 1.6), so Drover recommends only.",
            "Update KubeVirt."),
    ADMISSION_LIMITED(
            Topic.GATE,
            WARNING,
            "The policy asks for more at the start of virtual machines than this operator was installed for, so it gets less.",
            "Set features.admission of the chart (or --admission of the operator) to what the policy asks for, or ask for less in spec.admission."),
    NO_METRICS(
            Topic.GATE,
            WARNING,
            "There are no measurements, so requests count as demand, or nothing is balanced where the policy demands metrics.",
            "Install metrics-server, or set spec.demand.source to Requests."),
    METRICS_INVALID(
            Topic.GATE,
            WARNING,
            "A measurement is not a number, negative or absurd, and was not used.",
            "Look at the metrics source."),

    BALANCED(Topic.BALANCE, NORMAL, "Nothing is worth a move.", ""),
    MOVES_WANTED(Topic.BALANCE, NORMAL, "There are moves that are worth making.", ""),
    NO_CAPACITY(
            Topic.BALANCE,
            WARNING,
            "No node takes what should go there: there is too little room, or rules keep it away.",
            "Look at the message; add nodes, lower requests, or change the rules."),
    ORDER_IMPOSSIBLE(
            Topic.BALANCE,
            WARNING,
            "There is no order of the moves in which each fits and no constraint is broken.",
            "Free some room on one of the nodes."),
    RULES_DEADLOCKED(
            Topic.BALANCE,
            WARNING,
            "Rules cannot hold together as things are: with the room that is left, the nodes that are open and the virtual machines that may be moved now. This is proven.",
            "Look at the message: it names them. Free room, open nodes, let more virtual machines move, or change one of the rules."),
    SOLVER_TIMED_OUT(
            Topic.BALANCE,
            WARNING,
            "The search for a better placement ran out of time; its best so far counts.",
            "Raise the setting solver-timeout if this lasts."),
    OTHERS_MOVE(
            Topic.BALANCE,
            WARNING,
            "Something else moves virtual machines away from where Drover has put them.",
            "Keep it away from these virtual machines, for example a descheduler, or set the policy to Recommend."),

    PLACED(Topic.VIRTUAL_MACHINES, NORMAL, "The virtual machine runs on a node.", ""),
    NOT_RUNNING(Topic.VIRTUAL_MACHINES, NORMAL, "The virtual machine does not run.", ""),
    STARTING(Topic.VIRTUAL_MACHINES, NORMAL, "The virtual machine is being started.", ""),
    MIGRATING(Topic.VIRTUAL_MACHINES, NORMAL, "The virtual machine is being migrated.", ""),
    MIGRATABLE(Topic.VIRTUAL_MACHINES, NORMAL, "The virtual machine can move live.", ""),
    NOT_LIVE_MIGRATABLE(
            Topic.VIRTUAL_MACHINES,
            WARNING,
            "KubeVirt says that the virtual machine cannot move live.",
            "Look at its condition LiveMigratable."),
    POD_LEFT_BEHIND(
            Topic.VIRTUAL_MACHINES,
            WARNING,
            "A pod of it is left on another node, so KubeVirt does not move it.",
            "If that node is dead, bring it back or fence it with the taint node.kubernetes.io/out-of-service."),
    AUTOMATION_OFF(Topic.VIRTUAL_MACHINES, NORMAL, "Its profile keeps Drover from moving it.", ""),
    RELOCATION_NEVER(Topic.VIRTUAL_MACHINES, NORMAL, "Its profile keeps it where it is.", ""),
    HISTORY_NOT_KEPT(
            Topic.VIRTUAL_MACHINES,
            WARNING,
            "The API server does not take what happened to it into its VirtualMachinePlacement, so it is not moved.",
            "Look at the message: often its namespace is being deleted, or a quota counts these objects."),
    COOLDOWN(
            Topic.VIRTUAL_MACHINES,
            NORMAL,
            "It was moved not long ago, or a move failed.",
            "It is moved again after status.cooldownUntil."),
    DAILY_LIMIT(Topic.VIRTUAL_MACHINES, NORMAL, "It was moved as often as is allowed in 24 hours.", ""),
    GATED(Topic.VIRTUAL_MACHINES, NORMAL, "Its pod waits for its node to be decided.", ""),
    NO_NODE_YET(
            Topic.VIRTUAL_MACHINES,
            WARNING,
            "No node takes it, or not all of its gang are there, so its pod waits at the placement gate.",
            "Look at the message. It starts as soon as that changes, and at the gate's deadline in any case."),
    GANG_INVALID(
            Topic.VIRTUAL_MACHINES,
            WARNING,
            "It says that it belongs to a gang, but not how large that is, so it starts alone.",
            "Give its template the label drover.dev/gang-size: a number from 1 to 256."),
    GATE_LIFTED(Topic.VIRTUAL_MACHINES, NORMAL, "Its pod was released to the node that was decided.", ""),
    GATE_OVERDUE(
            Topic.VIRTUAL_MACHINES,
            WARNING,
            "No node was decided in time, so its pod was released to kube-scheduler.",
            "Look at the message."),
    GATE_NOT_LIFTED(
            Topic.VIRTUAL_MACHINES,
            WARNING,
            "Its pod is held past its deadline: the operator has no right to lift the placement gate.",
            "Run drover lift-gates. Often features.admission was lowered from Gate while the pod was held."),

    PLAN_CREATED(Topic.PLANS, NORMAL, "A plan was written.", ""),
    WAITING_FOR_APPROVAL(Topic.PLANS, NORMAL, "The plan waits for a person.", "Approve or reject it in spec.approval."),
    REJECTED(Topic.PLANS, NORMAL, "A person rejected the plan.", ""),
    ABORTED(Topic.PLANS, NORMAL, "A person aborted the plan.", ""),
    MOVING(Topic.PLANS, NORMAL, "Moves of the plan are being made.", ""),
    COMPLETED(Topic.PLANS, NORMAL, "All moves were made.", ""),
    PARTLY_DONE(Topic.PLANS, WARNING, "The plan ended and some of its moves were not made.", "Look at status.moves."),
    SUPERSEDED(
            Topic.PLANS,
            NORMAL,
            "A newer plan took the place of this one, or the cluster changed so that it no longer fits.",
            ""),
    STALLED(
            Topic.PLANS,
            WARNING,
            "Something that Drover may not clear by itself holds the plan up.",
            "Look at the message."),
    NOT_STALLED(Topic.PLANS, NORMAL, "Nothing holds the plan up.", ""),

    MIGRATION_STARTED(Topic.MIGRATIONS, NORMAL, "A migration was created.", ""),
    MIGRATION_SUCCEEDED(Topic.MIGRATIONS, NORMAL, "The virtual machine runs on its new node.", ""),
    MIGRATION_FAILED(
            Topic.MIGRATIONS,
            WARNING,
            "KubeVirt reported a failure; the virtual machine still runs where it was.",
            "Look at the message and at the VirtualMachineInstanceMigration."),
    MIGRATION_CANCELLED(Topic.MIGRATIONS, NORMAL, "Somebody deleted the migration.", ""),
    MIGRATION_REFUSED(
            Topic.MIGRATIONS,
            WARNING,
            "The API server or KubeVirt refused to create the migration.",
            "Look at the message."),
    PENDING_DEADLINE(
            Topic.MIGRATIONS,
            WARNING,
            "KubeVirt did not take the migration up in time, so Drover deleted it.",
            "Look at KubeVirt's limits of parallel migrations and at virt-controller."),
    SCHEDULING_DEADLINE(
            Topic.MIGRATIONS,
            WARNING,
            "The target pod found no node in time, so Drover deleted the migration.",
            "Look at the events of the target pod."),
    PREPARING_DEADLINE(
            Topic.MIGRATIONS,
            WARNING,
            "The target did not get ready in time, so Drover deleted the migration.",
            "Look at virt-handler on the target node."),
    RUNNING_DEADLINE(
            Topic.MIGRATIONS,
            WARNING,
            "Copying memory took too long, so Drover deleted the migration.",
            "Look at the memory that the virtual machine dirties, and at the network."),
    TARGET_POD_STUCK(
            Topic.MIGRATIONS,
            WARNING,
            "The target pod stays Terminating on a node that does not answer; the slot counts as taken.",
            "Fence the node, for example with the taint node.kubernetes.io/out-of-service."),

    ALL_READY(Topic.SERVICES, NORMAL, "All virtual machines that are wanted are ready.", ""),
    NOT_ALL_READY(Topic.SERVICES, NORMAL, "Some virtual machines that are wanted are not ready.", ""),
    SERVICE_STOPPED(Topic.SERVICES, NORMAL, "The service is not to run: spec.runPolicy is Stopped.", ""),
    SERVICE_PAUSED(
            Topic.SERVICES,
            NORMAL,
            "The service is paused: Drover changes none of its virtual machines, and reports.",
            ""),
    APPLICATIONS_START(Topic.SERVICES, NORMAL, "Virtual machines of the service are being started.", ""),
    APPLICATIONS_STOP(Topic.SERVICES, NORMAL, "Virtual machines of the service are being stopped or removed.", ""),
    TEMPLATES_CHANGE(Topic.SERVICES, NORMAL, "Virtual machines are given a changed template, one after the other.", ""),
    REMOVING(Topic.SERVICES, NORMAL, "The service is being deleted.", ""),
    NOTHING_TO_DO(Topic.SERVICES, NORMAL, "Nothing of the service is being started, stopped or removed.", ""),
    NOTHING_FAILED(Topic.SERVICES, NORMAL, "Nothing that was ready has failed.", ""),
    APPLICATION_NOT_READY(
            Topic.SERVICES,
            WARNING,
            "A virtual machine was ready and is so no longer.",
            "Look at the application in the guest, and at the virtual machine."),
    TEMPLATE_ACCEPTED(Topic.SERVICES, NORMAL, "KubeVirt takes what is made of the templates.", ""),
    TEMPLATE_UNCHECKED(Topic.SERVICES, NORMAL, "KubeVirt was not asked yet about the templates.", ""),
    TEMPLATE_REFUSED(
            Topic.SERVICES, WARNING, "KubeVirt does not take what is made of a template.", "Correct the template."),
    NO_DRIFT(Topic.SERVICES, NORMAL, "The virtual machines are as their templates say.", ""),
    TEMPLATE_DRIFT(
            Topic.SERVICES,
            WARNING,
            "Somebody else has set fields of a virtual machine otherwise than its template, and keeps them.",
            "Take the field out of the template, or give it back: 'kubectl apply --server-side --force-conflicts --field-manager=drover'."),
    NAME_TAKEN(
            Topic.SERVICES,
            WARNING,
            "There is a virtual machine of a name that the service wants, and the service did not make it.",
            "Rename the application, or remove that virtual machine."),
    IN_ANOTHER_SERVICE(
            Topic.SERVICES,
            WARNING,
            "A selector matches virtual machines of another service.",
            "Make the selectors disjoint."),
    WRITE_REFUSED(Topic.SERVICES, WARNING, "The API server does not take a virtual machine.", "Look at the message."),
    RELOCATING(Topic.SERVICES, NORMAL, "A virtual machine is on its way to another node.", ""),
    RELOCATED(Topic.SERVICES, NORMAL, "A virtual machine is ready on its new node.", ""),
    NOT_RELOCATED(Topic.SERVICES, WARNING, "A virtual machine was not relocated.", "Look at status.relocations."),
    NOTHING_LOST(Topic.SERVICES, NORMAL, "The nodes of all virtual machines of the service answer.", ""),
    DEATH_NOT_PROVEN(
            Topic.SERVICES,
            WARNING,
            "A node does not answer, and nothing proves that it is down: what was on it may still run.",
            "Fence the node, or make sure that it is off and write the annotation drover.dev/node-is-down on it."),
    RECOVERY_BRAKED(Topic.SERVICES, WARNING, "Too many nodes are lost: nothing is restarted.", "Look at the network."),
    RECOVERING(Topic.SERVICES, NORMAL, "What was on a node that is proven down is being restarted.", ""),
    RECOVERED(Topic.SERVICES, NORMAL, "A virtual machine whose node has died is ready again.", ""),

    NODE_READY(Topic.NODES, NORMAL, "The node is ready and takes virtual machines.", ""),
    NODE_NOT_READY(
            Topic.NODES, WARNING, "The node is not ready; nothing is sent to it.", "Look at the node's conditions."),
    NODE_CORDONED(Topic.NODES, NORMAL, "The node is cordoned; nothing is sent to it.", ""),
    NODE_NOT_SCHEDULABLE(
            Topic.NODES,
            WARNING,
            "KubeVirt does not run virtual machines on the node; nothing is sent to it.",
            "Look at its label kubevirt.io/schedulable and at virt-handler."),
    BELOW_TARGET(Topic.NODES, NORMAL, "Demand on the node is below the policy's target.", ""),
    ABOVE_TARGET(
            Topic.NODES, WARNING, "Demand on the node is above the policy's target.", "Drover relieves it if it may.");

    /** The type of the events with this reason. */
    public enum Severity {
        NORMAL,
        WARNING;

        /** As it stands in an event's {@code type}. */
        public String value() {
            return Words.camelCase(name());
        }
    }

    /** What a reason is about; a heading of the reference. */
    public enum Topic {
        OBJECTS("Any object"),
        RULES("Rules and profiles"),
        GATE("Policies: whether anything is done"),
        BALANCE("Policies: what is to be done"),
        VIRTUAL_MACHINES("Virtual machines"),
        PLANS("Plans"),
        MIGRATIONS("Migrations"),
        SERVICES("Services"),
        NODES("Nodes");

        private final String title;

        Topic(String title) {
            this.title = title;
        }

        public String title() {
            return title;
        }
    }

    private final String value = Words.camelCase(name());
    private final Topic topic;
    private final Severity severity;
    private final String meaning;
    private final String remedy;

    Reason(Topic topic, Severity severity, String meaning, String remedy) {
        this.topic = topic;
        this.severity = severity;
        this.meaning = meaning;
        this.remedy = remedy;
    }

    /** As it stands in conditions, events and faults, for example {@code StaleCache}. */
    public String value() {
        return value;
    }

    public Topic topic() {
        return topic;
    }

    public Severity severity() {
        return severity;
    }

    /** What it means, in a sentence. */
    public String meaning() {
        return meaning;
    }

    /** What to do about it; empty where there is nothing to do. */
    public String remedy() {
        return remedy;
    }
}
