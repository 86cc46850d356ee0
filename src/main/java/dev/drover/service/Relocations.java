package dev.drover.service;

import dev.drover.api.v1alpha1.ApplicationService;
import dev.drover.api.v1alpha1.ApplicationServiceStatus;
import dev.drover.api.v1alpha1.RelocationFault;
import dev.drover.api.v1alpha1.RelocationState;
import dev.drover.api.v1alpha1.RelocationStep;
import dev.drover.api.v1alpha1.ServiceRelocation;
import dev.drover.observe.RelocationOrder;
import dev.drover.service.Survey.Finding;
import dev.drover.status.Message;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The relocations that people ordered for one service, one at a time: so at most one of its virtual machines is down for that. What is
 * done follows from the state that stands in the status; a new state is entered there first. Pure; for one decision.
 */
final class Relocations {
    private static final Duration SURVEY_HOLDS = Duration.ofSeconds(30);
    private static final Duration SOON = Duration.ofSeconds(1);
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(5);

    private final ApplicationService service;
    private final ServiceScene scene;
    private final Memory memory;
    private final List<Part> parts;
    private final Clock clock;
    private final Map<String, ServiceRelocation> entries = new LinkedHashMap<>();
    private final List<Step> steps = new ArrayList<>();
    private final Map<String, String> remarks = new LinkedHashMap<>();
    private String held = "";
    private @Nullable Duration again;

    /** @param deadline how long a start may take until the virtual machine is ready */
    record Clock(Instant now, Duration deadline) {}

    Relocations(ApplicationService service, ServiceScene scene, Memory memory, List<Part> parts, Clock clock) {
        this.service = service;
        this.scene = scene;
        this.memory = memory;
        this.parts = parts;
        this.clock = clock;
        ApplicationServiceStatus before = service.getStatus();
        if (before != null) {
            before.relocations().forEach(entry -> entries.put(entry.virtualMachine(), entry));
        }
        parts.forEach(part -> LiveRelocations.mirror(entries, part.members(), clock.now()));
    }

    /** Goes on with what is under way, or begins with the next order. */
    void goOn(StartOrder order) {
        ServiceRelocation active = active();
        if (active != null) {
            goOn(active, order);
        } else {
            begin();
        }
    }

    /** Ends what is under way, since the service is not to run any more; disks are brought back where they were first. */
    void takeBack(StartOrder order) {
        ServiceRelocation active = active();
        if (active == null) {
            return;
        }
        Part part = part(active.virtualMachine());
        SeenMachine machine = scene.machines().get(active.virtualMachine());
        boolean disks = !active.disks().isEmpty();
        if (part == null || machine == null) {
            if (disks) {
                goOnWithout(active);
            }
            return;
        }
        Way way = DiskPath.along(
                active, path(active, seen(machine, part, active, order)).takenBack());
        boolean ends = way instanceof Way.Pass pass && pass.state() != active.state();
        if (ends) {
            follow(active, way);
        } else if (disks && active.state() != RelocationState.RELEASING) {
            goOn(active, order);
        } else if (disks && scene.deleting()) {
            follow(active, Way.Pass.to(RelocationState.CLEANING));
        }
        if (disks && scene.deleting()) {
            held = active.virtualMachine();
        }
    }

    private @Nullable ServiceRelocation active() {
        return entries.values().stream()
                .filter(Relocations::isUnderWay)
                .findFirst()
                .orElse(null);
    }

    /** By a stop and a start: what moves live is under way elsewhere. */
    static boolean isUnderWay(ServiceRelocation entry) {
        return !entry.state().isEnd() && !entry.state().isLive();
    }

    private boolean isKnown(String machine) {
        return scene.machines().containsKey(machine)
                || scene.adopted().values().stream().flatMap(List::stream).anyMatch(adopted -> adopted.name()
                        .equals(machine));
    }

    List<Step> steps() {
        return steps;
    }

    Map<String, String> remarks() {
        return remarks;
    }

    /** Whether nobody else may change this virtual machine now. */
    boolean holds(String machine) {
        return held.equals(machine);
    }

    /** When to look again; null when nothing is under way. */
    @Nullable
    Duration again() {
        return again;
    }

    /** For the status: those of virtual machines that are gone are forgotten. */
    List<ServiceRelocation> entries() {
        List<ServiceRelocation> kept = entries.values().stream()
                .filter(entry -> isUnderWay(entry) || isKnown(entry.virtualMachine()))
                .toList();
        int surplus = Math.max(0, kept.size() - ApplicationServiceStatus.MOST_RELOCATIONS);
        return kept.subList(surplus, kept.size());
    }

    private void goOn(ServiceRelocation entry, StartOrder order) {
        String name = entry.virtualMachine();
        SeenMachine machine = scene.machines().get(name);
        Part part = part(name);
        if (machine == null || !machine.ours() || machine.deleting() || part == null) {
            if (!entry.disks().isEmpty()) {
                goOnWithout(entry);
                return;
            }
            enter(entry, new Way.Pass(RelocationState.FAILED, RelocationFault.TAKEN_BACK, "It was taken away."));
            return;
        }
        ColdPath.Seen seen = seen(machine, part, entry, order);
        again = LOOK_AGAIN;
        boolean untouched = entry.state() == RelocationState.STOPPING && machine.toldToRun();
        // What is not sure about it is found out by applying its template.
        held = untouched && seen.restartable().answer() != Restartable.Answer.YES ? "" : name;
        follow(
                entry,
                DiskPath.isOn(entry.state())
                        ? diskPath(entry, seen).next()
                        : DiskPath.along(entry, path(entry, seen).next()));
    }

    private void follow(ServiceRelocation entry, Way way) {
        switch (way) {
            case Way.Wait wait -> remarks.put(entry.virtualMachine(), wait.why());
            case Way.Take take -> {
                steps.add(take.step());
                remarks.put(entry.virtualMachine(), "It is being relocated to the node (%s).".formatted(entry.to()));
            }
            case Way.Pass pass -> enter(entry, pass);
        }
    }

    /** The claims of one that is gone are left as they were. */
    private void goOnWithout(ServiceRelocation entry) {
        held = entry.virtualMachine();
        again = LOOK_AGAIN;
        DiskPath.Seen nothing =
                new DiskPath.Seen("", false, "", false, memory.disks().get(entry.virtualMachine()));
        follow(entry, diskPath(entry, nothing).withoutMachine());
    }

    private DiskPath diskPath(ServiceRelocation entry, ColdPath.Seen seen) {
        SeenMachine machine = seen.machine();
        SeenInstance instance = machine.instance();
        boolean ready = machine.ready(service.getSpec().supervision())
                && instance != null
                && Objects.equals(instance.node(), entry.to());
        return diskPath(
                entry,
                new DiskPath.Seen(
                        machine.application(),
                        seen.ordered(),
                        seen.hold(),
                        ready,
                        memory.disks().get(machine.name())));
    }

    private DiskPath diskPath(ServiceRelocation entry, DiskPath.Seen seen) {
        return new DiskPath(
                service.getMetadata().getNamespace(), entry, seen, new DiskPath.Terms(clock.deadline(), clock.now()));
    }

    private ColdPath path(ServiceRelocation entry, ColdPath.Seen seen) {
        return new ColdPath(
                entry, seen, new ColdPath.Terms(service.getSpec().supervision(), clock.deadline(), clock.now()));
    }

    private ColdPath.Seen seen(SeenMachine machine, Part part, ServiceRelocation entry, StartOrder startOrder) {
        SeenOrder order = scene.orders().getOrDefault(machine.name(), SeenOrder.NONE);
        TemplatedMachine template = template(part, machine.name());
        String hold = scene.recovering().hold(service.getMetadata().getNamespace(), machine.name(), true, clock.now());
        // After the service was stopped it starts in the order of all.
        String turn = entry.state() == RelocationState.RELEASING
                ? startOrder.before(part.application()).why()
                : "";
        return new ColdPath.Seen(
                machine,
                template,
                order.boundTo(),
                Long.valueOf(machine.generation()).equals(memory.known().get(machine.name())),
                memory.setbacks().get(machine.name()),
                entry.ordered().equals(RelocationOrder.of(order.written()).time()),
                hold.isEmpty() ? turn : hold,
                Restartable.of(part, template, machine, memory),
                memory.surveys().get(machine.name()));
    }

    /** The one whose template makes it; null when none does. */
    private @Nullable Part part(String machine) {
        return parts.stream()
                .filter(part -> part.templates().stream()
                        .anyMatch(template -> template.name().equals(machine)))
                .findFirst()
                .orElse(null);
    }

    private static TemplatedMachine template(Part part, String machine) {
        return part.templates().stream()
                .filter(template -> template.name().equals(machine))
                .findFirst()
                .orElseThrow();
    }

    private void enter(ServiceRelocation before, Way.Pass pass) {
        List<RelocationStep> passed = new ArrayList<>(before.steps());
        if (!passed.isEmpty() && passed.getLast().state() == pass.state()) {
            passed.removeLast();
        }
        passed.add(new RelocationStep(pass.state(), clock.now().truncatedTo(ChronoUnit.SECONDS)));
        entries.remove(before.virtualMachine());
        entries.put(
                before.virtualMachine(),
                new ServiceRelocation(
                        before.virtualMachine(),
                        before.ordered(),
                        pass.state(),
                        before.from(),
                        before.to(),
                        passed,
                        pass.disks().isEmpty() ? before.disks() : pass.disks(),
                        pass.fault() == null ? before.fault() : pass.fault(),
                        message(before, pass)));
        again = SOON;
    }

    private static @Nullable String message(ServiceRelocation before, Way.Pass pass) {
        if (pass.why().isEmpty()) {
            return before.message();
        }
        boolean more = pass.fault() == null && before.message() != null;
        return Message.fitting(more ? before.message() + " " + pass.why() : pass.why());
    }

    private void begin() {
        for (Part part : parts) {
            for (SeenMachine machine : part.members()) {
                String written = scene.orders()
                        .getOrDefault(machine.name(), SeenOrder.NONE)
                        .written();
                RelocationOrder order = RelocationOrder.of(written);
                if (!order.mistake().isEmpty()) {
                    remarks.put(machine.name(), order.mistake());
                } else if (order.time() != null && isOpen(machine, order.time())) {
                    begin(part, machine, order, order.time());
                    return;
                }
            }
        }
    }

    /** An order counts for what was started before it, and once. */
    private boolean isOpen(SeenMachine machine, Instant ordered) {
        ServiceRelocation last = entries.get(machine.name());
        if (ordered.isAfter(clock.now())) {
            again = again == null ? Duration.between(clock.now(), ordered) : again;
            return false;
        }
        return (last == null || last.ordered().isBefore(ordered))
                && (machine.instance() == null || !machine.instance().created().isAfter(ordered));
    }

    private void begin(Part part, SeenMachine machine, RelocationOrder order, Instant ordered) {
        String name = machine.name();
        again = LOOK_AGAIN;
        if (machine.deleting() || !machine.running()) {
            refuse(name, ordered, RelocationFault.ORDER_NOT_FIT, "It does not run. Order it again when it does.");
            return;
        }
        if (machine.moving()) {
            remarks.put(name, "It is being moved live, and is relocated after that.");
            return;
        }
        if (part(name) == null) {
            refuse(name, ordered, RelocationFault.ORDER_NOT_FIT, "Drover did not make it, so it does not stop it.");
            return;
        }
        Restartable restartable = Restartable.of(part, template(part, name), machine, memory);
        if (restartable.answer() != Restartable.Answer.YES) {
            remarks.put(name, restartable.why());
            return;
        }
        Survey survey = memory.surveys().get(name);
        if (survey == null || !survey.answers(ordered, clock.now(), holds(survey))) {
            steps.add(new Step.Inspect(machine.application(), name, ordered, order.node()));
            return;
        }
        follow(name, survey);
    }

    private void follow(String name, Survey survey) {
        Instant ordered = survey.ordered();
        switch (survey.finding()) {
            case Finding.Later later -> remarks.put(name, later.why());
            case Finding.Impossible impossible -> refuse(name, ordered, impossible.fault(), impossible.why());
            case Finding.Possible possible -> {
                held = name;
                RelocationState first =
                        possible.disks().isEmpty() ? RelocationState.STOPPING : RelocationState.PREPARING;
                enter(
                        new ServiceRelocation(
                                name,
                                ordered,
                                first,
                                possible.from(),
                                possible.to(),
                                List.of(),
                                possible.disks(),
                                null,
                                null),
                        Way.Pass.to(first));
            }
        }
    }

    private static Duration holds(Survey survey) {
        return survey.finding() instanceof Finding.Later ? LOOK_AGAIN : SURVEY_HOLDS;
    }

    private void refuse(String machine, Instant ordered, RelocationFault fault, String why) {
        enter(
                new ServiceRelocation(
                        machine, ordered, RelocationState.REFUSED, null, null, List.of(), List.of(), null, null),
                new Way.Pass(RelocationState.REFUSED, Objects.requireNonNull(fault), why));
    }
}
