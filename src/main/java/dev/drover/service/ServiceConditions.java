package dev.drover.service;

import dev.drover.api.v1alpha1.ApplicationService;
import dev.drover.api.v1alpha1.ApplicationStatus;
import dev.drover.api.v1alpha1.Condition;
import dev.drover.api.v1alpha1.ConditionStatus;
import dev.drover.api.v1alpha1.Management;
import dev.drover.api.v1alpha1.RunPolicy;
import dev.drover.api.v1alpha1.ServiceVirtualMachine;
import dev.drover.api.v1alpha1.VirtualMachineState;
import dev.drover.status.BalanceReason;
import dev.drover.status.ConditionType;
import dev.drover.status.Conditions;
import dev.drover.status.ObjectReason;
import dev.drover.status.Reason;
import dev.drover.status.RuleReason;
import dev.drover.status.ServiceReason;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The conditions of one service: what its applications and virtual machines add up to. */
final class ServiceConditions {
    private static final int MOST_NAMED = 5;

    private final ApplicationService service;
    private final ServiceReport.Findings findings;
    private final List<ApplicationStatus> applications;
    private final List<Condition> before;
    private final Restart restart;

    ServiceConditions(
            ApplicationService service,
            ServiceReport.Findings findings,
            List<ApplicationStatus> applications,
            List<Condition> before,
            Restart restart) {
        this.service = service;
        this.findings = findings;
        this.applications = applications;
        this.before = before;
        this.restart = restart;
    }

    /** A condition's verdict with its grounds. */
    private record Verdict(boolean holds, Reason reason, String message) {}

    List<Condition> at(Instant now) {
        Verdict degraded = degraded();
        Verdict progressing = progressing();
        Verdict available = available();
        Verdict drift = drift();
        Verdict recovering = recovering();
        Conditions conditions = new Conditions(before, findings.scene().generation(), now);
        set(conditions, ConditionType.AVAILABLE, available);
        set(conditions, ConditionType.PROGRESSING, progressing);
        set(conditions, ConditionType.DEGRADED, degraded);
        set(conditions, ConditionType.RECOVERING, recovering);
        templateAccepted(conditions);
        set(conditions, ConditionType.TEMPLATE_DRIFT, drift);
        Outlook outlook = findings.scene().outlook();
        told(conditions, ConditionType.RULES_IN_FORCE, outlook, Outlook::inForce);
        told(conditions, ConditionType.SATISFIED, outlook, Outlook::satisfied);
        set(
                conditions,
                ConditionType.READY,
                ready(List.of(
                        obstacle(),
                        recovering,
                        unplaced(),
                        drift,
                        degraded,
                        progressing,
                        failing(outlook, Outlook::inForce),
                        failing(outlook, Outlook::satisfied))));
        return conditions.toList();
    }

    /** What the loop has not told yet is as it was. */
    private static void told(
            Conditions conditions,
            ConditionType type,
            @Nullable Outlook outlook,
            Function<Outlook, Outlook.@Nullable Finding> which) {
        Outlook.Finding finding = outlook == null ? null : which.apply(outlook);
        if (outlook == null) {
            conditions.keep(type);
        } else if (finding != null) {
            conditions.set(type, finding.holds(), finding.reason(), finding.message());
        }
    }

    /** Holds where the loop finds something amiss that a requirement is about. */
    private static Verdict failing(@Nullable Outlook outlook, Function<Outlook, Outlook.@Nullable Finding> which) {
        Outlook.Finding finding = outlook == null ? null : which.apply(outlook);
        return finding == null || finding.holds() || finding.reason() == RuleReason.PREFERENCE_UNMET
                ? new Verdict(false, RuleReason.SATISFIED, "")
                : new Verdict(true, finding.reason(), finding.message());
    }

    /** Those that are to start and find no node. */
    private Verdict unplaced() {
        Outlook outlook = findings.scene().outlook();
        List<String> named = new ArrayList<>();
        for (ApplicationStatus application : outlook == null ? List.<ApplicationStatus>of() : applications) {
            for (ServiceVirtualMachine machine : application.virtualMachines()) {
                String why = outlook.unplaced().get(machine.name());
                if (why != null && machine.running() != ConditionStatus.TRUE) {
                    named.add("The virtual machine (%s) of the application (%s): %s"
                            .formatted(machine.name(), application.name(), why));
                }
            }
        }
        return new Verdict(!named.isEmpty(), BalanceReason.NO_CAPACITY, String.join(" ", some(named)));
    }

    private static void set(Conditions conditions, ConditionType type, Verdict verdict) {
        conditions.set(type, verdict.holds(), verdict.reason(), verdict.message());
    }

    private Verdict recovering() {
        LossVerdict lost = LossVerdict.of(findings.scene(), applications);
        return new Verdict(lost.holds(), lost.reason(), lost.message());
    }

    private boolean wantedToRun() {
        return service.getSpec().runPolicy() == RunPolicy.RUNNING
                && !findings.scene().deleting();
    }

    private Verdict available() {
        if (!wantedToRun()) {
            return new Verdict(
                    false, findings.scene().deleting() ? ServiceReason.REMOVING : ServiceReason.SERVICE_STOPPED, "");
        }
        List<String> lacking = new ArrayList<>();
        for (ApplicationStatus application : applications) {
            int required = required(application);
            boolean found = application.desired() > 0 || isTemplated(application.name());
            if (!found) {
                lacking.add("(%s) has found no virtual machine".formatted(application.name()));
            } else if (application.ready() < required) {
                lacking.add("(%s) has %d of %d ready".formatted(application.name(), application.ready(), required));
            }
        }
        return lacking.isEmpty()
                ? new Verdict(true, ServiceReason.ALL_READY, "")
                : new Verdict(
                        false,
                        ServiceReason.NOT_ALL_READY,
                        "Of the applications " + String.join(", ", some(lacking)) + ".");
    }

    private int required(ApplicationStatus application) {
        return findings.parts().stream()
                .filter(part -> part.name().equals(application.name()))
                .mapToInt(Part::required)
                .findFirst()
                .orElse(application.desired());
    }

    private boolean isTemplated(String application) {
        return findings.parts().stream()
                .filter(part -> part.name().equals(application))
                .allMatch(Part::templated);
    }

    private Verdict degraded() {
        List<String> failed = new ArrayList<>();
        for (ApplicationStatus application : applications) {
            for (ServiceVirtualMachine machine : application.virtualMachines()) {
                if (machine.state() == VirtualMachineState.DEGRADED) {
                    failed.add("The virtual machine (%s) of the application (%s)%s was ready. %s"
                            .formatted(
                                    machine.name(),
                                    application.name(),
                                    machine.node() == null ? "" : " on the node (" + machine.node() + ")",
                                    machine.message() == null ? "" : machine.message()));
                }
            }
        }
        return failed.isEmpty()
                ? new Verdict(false, ServiceReason.NOTHING_FAILED, "")
                : new Verdict(true, ServiceReason.APPLICATION_NOT_READY, String.join(" ", some(failed)));
    }

    private Verdict progressing() {
        if (findings.scene().deleting()) {
            return new Verdict(true, ServiceReason.REMOVING, "");
        }
        if (service.getSpec().management() == Management.PAUSED) {
            return new Verdict(false, ServiceReason.SERVICE_PAUSED, "");
        }
        List<String> stopping = in(VirtualMachineState.STOPPING);
        List<String> starting = new ArrayList<>(in(VirtualMachineState.STARTING));
        starting.addAll(in(VirtualMachineState.WAITING));
        if (!stopping.isEmpty()) {
            return new Verdict(true, ServiceReason.APPLICATIONS_STOP, "Still there: " + joined(stopping) + ".");
        }
        if (!starting.isEmpty() && !obstacle().holds()) {
            return new Verdict(true, ServiceReason.APPLICATIONS_START, "Not ready yet: " + joined(starting) + ".");
        }
        List<String> outdated = outdated();
        return outdated.isEmpty()
                ? new Verdict(false, ServiceReason.NOTHING_TO_DO, "")
                : new Verdict(true, ServiceReason.TEMPLATES_CHANGE, "Not changed yet: " + joined(outdated) + ".");
    }

    /** Those that run, and have not got yet what their templates say now. */
    private List<String> outdated() {
        return findings.parts().stream()
                .filter(part -> !findings.remarks().refused().containsKey(part.name()))
                .flatMap(part -> part.templates().stream())
                .filter(template ->
                        isOutdated(template, findings.scene().machines().get(template.name())))
                .map(template -> "(" + template.name() + ")")
                .toList();
    }

    private boolean isOutdated(TemplatedMachine template, @Nullable SeenMachine machine) {
        return machine != null
                && machine.ours()
                && machine.toldToRun()
                && !template.isIn(machine.applied())
                && setback(template) == null;
    }

    private List<String> in(VirtualMachineState state) {
        return applications.stream()
                .flatMap(application -> application.virtualMachines().stream())
                .filter(machine -> machine.state() == state)
                .map(machine -> "(" + machine.name() + ")")
                .toList();
    }

    private void templateAccepted(Conditions conditions) {
        Map<String, String> refused = findings.remarks().refused();
        if (!refused.isEmpty()) {
            conditions.set(ConditionType.TEMPLATE_ACCEPTED, false, ServiceReason.TEMPLATE_REFUSED, refusal(refused));
        } else if (findings.parts().stream().allMatch(this::isAccepted)) {
            conditions.set(ConditionType.TEMPLATE_ACCEPTED, true, ServiceReason.TEMPLATE_ACCEPTED, "");
        } else {
            conditions.unknown(ConditionType.TEMPLATE_ACCEPTED, ServiceReason.TEMPLATE_UNCHECKED, "");
        }
    }

    private boolean isAccepted(Part part) {
        if (part.templates().isEmpty()) {
            return true;
        }
        Memory.Verdict verdict = findings.memory().verdicts().get(part.name());
        return verdict != null
                && verdict.accepted()
                && verdict.digest().equals(part.templates().getFirst().digest());
    }

    private static String refusal(Map<String, String> refused) {
        return refused.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(each ->
                        "The template of the application (%s) is refused: %s".formatted(each.getKey(), each.getValue()))
                .collect(Collectors.joining(" "));
    }

    private Verdict drift() {
        String drifts = setbacks(Memory.Setback.Kind.DRIFT);
        return new Verdict(
                !drifts.isEmpty(), drifts.isEmpty() ? ServiceReason.NO_DRIFT : ServiceReason.TEMPLATE_DRIFT, drifts);
    }

    private String setbacks(Memory.Setback.Kind kind) {
        return findings.parts().stream()
                .flatMap(part -> part.templates().stream())
                .filter(template -> isSetBack(template, kind))
                .map(TemplatedMachine::name)
                .sorted()
                .limit(MOST_NAMED)
                .map(name -> "The virtual machine (%s): %s"
                        .formatted(name, findings.memory().setbacks().get(name).why()))
                .collect(Collectors.joining(" "));
    }

    private boolean isSetBack(TemplatedMachine template, Memory.Setback.Kind kind) {
        Memory.Setback setback = setback(template);
        return setback != null && setback.kind() == kind;
    }

    /** What keeps it from being as it is wanted now; what was refused of an earlier template says nothing any more. */
    private Memory.@Nullable Setback setback(TemplatedMachine template) {
        Memory.Setback setback = findings.memory().setbacks().get(template.name());
        SeenMachine machine = findings.scene().machines().get(template.name());
        String wanted = template.digest() + (wantedToRun() ? runStrategy(template) : TemplatedMachine.HALTED);
        return setback != null && setback.of(wanted, machine == null ? 0 : machine.generation()) ? setback : null;
    }

    private String runStrategy(TemplatedMachine template) {
        return findings.parts().stream()
                .filter(part -> part.templates().contains(template))
                .map(Part::runStrategy)
                .findFirst()
                .orElse(TemplatedMachine.RERUN);
    }

    /** What only a person can clear away. */
    private Verdict obstacle() {
        if (!restart.mistake().isEmpty()) {
            return new Verdict(true, ObjectReason.INVALID, restart.mistake());
        }
        if (!findings.scene().recovering().mistake().isEmpty()) {
            return new Verdict(
                    true, ObjectReason.INVALID, findings.scene().recovering().mistake());
        }
        if (!findings.remarks().refused().isEmpty()) {
            return new Verdict(
                    true,
                    ServiceReason.TEMPLATE_REFUSED,
                    refusal(findings.remarks().refused()));
        }
        String taken = namesTaken();
        if (!taken.isEmpty()) {
            return new Verdict(true, ServiceReason.NAME_TAKEN, taken);
        }
        if (!findings.scene().elsewhere().isEmpty()) {
            return new Verdict(true, ServiceReason.IN_ANOTHER_SERVICE, elsewhere());
        }
        String refused = setbacks(Memory.Setback.Kind.REFUSED);
        return new Verdict(!refused.isEmpty(), ServiceReason.WRITE_REFUSED, refused);
    }

    private String namesTaken() {
        List<String> names = findings.scene().machines().values().stream()
                .filter(machine -> !machine.ours())
                .map(machine -> "(" + machine.name() + ")")
                .sorted()
                .toList();
        return names.isEmpty()
                ? ""
                : "The service wants virtual machines of these names, and did not make those that there are: %s. Rename the application, or remove them."
                        .formatted(joined(names));
    }

    private String elsewhere() {
        return findings.scene().elsewhere().entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .limit(MOST_NAMED)
                .map(each -> "The virtual machine (%s) belongs to the service (%s)."
                        .formatted(each.getKey(), each.getValue()))
                .collect(Collectors.joining(" ", "", " Make the selectors disjoint."));
    }

    /** @param against in the order in which they are named */
    private Verdict ready(List<Verdict> against) {
        Verdict first = firstHolding(against);
        if (first != null) {
            return new Verdict(false, first.reason(), first.message());
        }
        Verdict available = available();
        if (wantedToRun() && !available.holds()) {
            return available;
        }
        if (!wantedToRun() && !in(VirtualMachineState.STOPPING).isEmpty()) {
            // Nothing is under way: it is paused.
            return new Verdict(false, ServiceReason.SERVICE_PAUSED, "");
        }
        return new Verdict(true, wantedToRun() ? ServiceReason.ALL_READY : ServiceReason.SERVICE_STOPPED, "");
    }

    private static @Nullable Verdict firstHolding(List<Verdict> verdicts) {
        return verdicts.stream().filter(Verdict::holds).findFirst().orElse(null);
    }

    private static List<String> some(List<String> all) {
        return all.size() <= MOST_NAMED ? all : all.subList(0, MOST_NAMED);
    }

    private static String joined(List<String> names) {
        String named = String.join(", ", some(names));
        return names.size() <= MOST_NAMED ? named : named + " and %d more".formatted(names.size() - MOST_NAMED);
    }
}
