package dev.drover.service;

import dev.drover.api.v1alpha1.ApplicationService;
import dev.drover.api.v1alpha1.ApplicationServiceStatus;
import dev.drover.api.v1alpha1.ApplicationStatus;
import dev.drover.api.v1alpha1.ConditionStatus;
import dev.drover.api.v1alpha1.NodeLoss;
import dev.drover.api.v1alpha1.RunPolicy;
import dev.drover.api.v1alpha1.ServiceRelocation;
import dev.drover.api.v1alpha1.ServiceVirtualMachine;
import dev.drover.api.v1alpha1.Supervision;
import dev.drover.api.v1alpha1.VirtualMachineState;
import dev.drover.status.Message;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What the status of one service says. A pure function of what is seen, of what is to be done and of the status before. */
final class ServiceReport {
    private static final int MOST_MACHINES = 256;

    private final ApplicationService service;
    private final Findings findings;
    private final Instant now;
    private final Restart restart;
    private final Supervision supervision;
    private final ApplicationServiceStatus before;
    private final Map<String, VirtualMachineState> states = new HashMap<>();
    private final Map<String, NodeLoss> losses = new HashMap<>();
    private final Map<String, String> nodes = new HashMap<>();
    private final boolean running;

    /** @param leftovers of applications that are gone */
    record Findings(
            ServiceScene scene,
            Memory memory,
            List<Part> parts,
            List<SeenMachine> leftovers,
            Course.Remarks remarks,
            List<ServiceRelocation> relocations) {}

    ServiceReport(ApplicationService service, Findings findings, Instant now, Restart restart) {
        this.service = service;
        this.findings = findings;
        this.now = now;
        this.restart = restart;
        this.supervision = service.getSpec().supervision();
        this.running = service.getSpec().runPolicy() == RunPolicy.RUNNING;
        this.before = service.getStatus() == null ? ApplicationServiceStatus.NONE : service.getStatus();
        before.applications()
                .forEach(application -> application.virtualMachines().forEach(this::remember));
    }

    private void remember(ServiceVirtualMachine machine) {
        states.put(machine.name(), machine.state());
        if (machine.node() != null) {
            nodes.put(machine.name(), machine.node());
        }
        if (machine.loss() != null) {
            losses.put(machine.name(), machine.loss());
        }
    }

    /** @param run whether its virtual machines are to run */
    ApplicationServiceStatus status(boolean run) {
        List<ApplicationStatus> applications = new ArrayList<>();
        for (Part part : findings.parts()) {
            applications.add(application(part, run));
        }
        if (!findings.leftovers().isEmpty()) {
            applications.addAll(leftovers());
        }
        int desired = findings.parts().stream().mapToInt(Part::desired).sum();
        int ready = findings.parts().stream()
                .mapToInt(part -> part.ready(supervision))
                .sum();
        return new ApplicationServiceStatus(
                new ServiceConditions(service, findings, applications, before.conditions(), restart).at(now),
                findings.scene().generation(),
                desired,
                ready,
                ServiceNeeds.of(findings.parts(), findings.scene()),
                findings.scene().outlook() == null
                        ? before.available()
                        : findings.scene().outlook().available(),
                applications,
                findings.relocations());
    }

    private ApplicationStatus application(Part part, boolean run) {
        List<ServiceVirtualMachine> machines = new ArrayList<>();
        for (TemplatedMachine template : part.templates()) {
            SeenMachine machine = findings.scene().machines().get(template.name());
            machines.add(
                    machine != null && machine.ours() ? machine(machine, run) : absent(template.name(), machine, run));
        }
        if (!part.templated()) {
            part.members().forEach(machine -> machines.add(machine(machine, run)));
        }
        part.surplus().forEach(machine -> machines.add(machine(machine, false)));
        String remark = part.templated() || !part.members().isEmpty()
                ? Objects.requireNonNullElse(
                        findings.remarks().refused().get(part.name()),
                        findings.remarks().ofApplications().getOrDefault(part.name(), ""))
                : "Its selector matches no virtual machine. Compare it with the labels under spec.template.metadata.labels.";
        return new ApplicationStatus(
                part.name(), part.desired(), part.ready(supervision), text(remark), null, limited(machines));
    }

    private List<ApplicationStatus> leftovers() {
        Map<String, List<ServiceVirtualMachine>> going = new HashMap<>();
        findings.leftovers().forEach(machine -> going.computeIfAbsent(machine.application(), _ -> new ArrayList<>())
                .add(machine(machine, false)));
        return going.entrySet().stream()
                .filter(application -> !application.getKey().isEmpty())
                .sorted(Map.Entry.comparingByKey())
                .map(application -> new ApplicationStatus(
                        application.getKey(),
                        0,
                        0,
                        "The service does not have this application any more.",
                        null,
                        limited(application.getValue())))
                .toList();
    }

    private static List<ServiceVirtualMachine> limited(List<ServiceVirtualMachine> machines) {
        return machines.size() > MOST_MACHINES ? machines.subList(0, MOST_MACHINES) : machines;
    }

    private ServiceVirtualMachine absent(String name, @Nullable SeenMachine other, boolean run) {
        String message = other == null
                ? findings.remarks().ofMachines().getOrDefault(name, "")
                : "There is a virtual machine of this name that the service did not make. Rename the application, or remove that virtual machine.";
        NodeLoss lost = loss(name, false);
        VirtualMachineState state = run ? VirtualMachineState.WAITING : VirtualMachineState.STOPPED;
        return new ServiceVirtualMachine(
                name,
                state,
                node(null, run || lost != null, name),
                ConditionStatus.FALSE,
                ConditionStatus.FALSE,
                null,
                null,
                null,
                lost,
                text(message));
    }

    private ServiceVirtualMachine machine(SeenMachine machine, boolean run) {
        SeenInstance instance = machine.instance();
        VirtualMachineState state = state(machine, run);
        NodeLoss lost = loss(machine.name(), state == VirtualMachineState.READY);
        String remark = findings.remarks().ofMachines().getOrDefault(machine.name(), "");
        return new ServiceVirtualMachine(
                machine.name(),
                state,
                node(instance, run && machine.toldToRun() || lost != null, machine.name()),
                machine.told(),
                machine.applicationReady(),
                machine.served().demand(),
                machine.served().score(),
                machine.served().lastMove(),
                lost,
                text(remark.isEmpty() ? lack(machine, state) : remark));
    }

    /**
     * Who is lost, or waits to be started, is remembered with the node that it was on last: that may be called lost only after its instance
     * is gone.
     */
    private @Nullable String node(@Nullable SeenInstance instance, boolean remember, String machine) {
        if (instance != null && instance.node() != null) {
            return instance.node();
        }
        return remember ? nodes.get(machine) : null;
    }

    /** It is told of until what was lost is ready again, so that people see how long that took. */
    private @Nullable NodeLoss loss(String machine, boolean ready) {
        Loss loss = findings.scene().recovering().losses().get(machine);
        if (loss != null) {
            return loss.told();
        }
        NodeLoss told = losses.get(machine);
        boolean comesBack = told != null && told.provenAt() != null && !ready && running;
        return comesBack ? told : null;
    }

    private VirtualMachineState state(SeenMachine machine, boolean run) {
        if (machine.deleting() || !run && machine.ours() && machine.toldToRun()) {
            return VirtualMachineState.STOPPING;
        }
        if (!machine.toldToRun()) {
            boolean waits = machine.ours() && run && service.getSpec().runPolicy() == RunPolicy.RUNNING;
            return machine.present()
                    ? VirtualMachineState.STOPPING
                    : waits ? VirtualMachineState.WAITING : VirtualMachineState.STOPPED;
        }
        if (machine.ready(supervision)) {
            return VirtualMachineState.READY;
        }
        VirtualMachineState last = states.get(machine.name());
        boolean wasReady = last == VirtualMachineState.READY || last == VirtualMachineState.DEGRADED;
        return wasReady ? VirtualMachineState.DEGRADED : VirtualMachineState.STARTING;
    }

    private String lack(SeenMachine machine, VirtualMachineState state) {
        Loss loss = findings.scene().recovering().losses().get(machine.name());
        if (machine.silent() && loss != null) {
            return "Its node (%s) is not ready since %s; %s."
                    .formatted(
                            loss.node(),
                            loss.since(),
                            loss.proven() ? "it is proven down: " + loss.why() : "whether it runs, nobody knows");
        }
        Outlook outlook = findings.scene().outlook();
        String homeless = outlook == null ? "" : outlook.unplaced().getOrDefault(machine.name(), "");
        if (!machine.running() && !homeless.isEmpty()) {
            return homeless;
        }
        boolean silent = machine.running() && machine.applicationReady() != ConditionStatus.TRUE;
        if (silent) {
            String why = machine.instance() == null ? "" : machine.instance().why();
            return "It runs, and its application is not ready%s.".formatted(why.isEmpty() ? "" : " (" + why + ")");
        }
        return state == VirtualMachineState.DEGRADED ? "It does not run." : "";
    }

    private static @Nullable String text(String message) {
        return message.isEmpty() ? null : Message.fitting(message);
    }
}
