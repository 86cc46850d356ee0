package dev.drover.service;

import dev.drover.api.v1alpha1.Application;
import dev.drover.api.v1alpha1.ApplicationService;
import dev.drover.api.v1alpha1.DeletionPolicy;
import dev.drover.api.v1alpha1.Management;
import dev.drover.api.v1alpha1.RunPolicy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Decides what is to be done for one service: a pure function of what is seen, so that a restart of the operator goes on where the last
 * process stopped. For one decision.
 */
final class Course {
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(30);
    private static final Duration LOOK_SOON = Duration.ofSeconds(5);
    private static final Duration ASK_AGAIN = Duration.ofSeconds(30);

    private final ApplicationService service;
    private final ServiceScene scene;
    private final Memory memory;
    private final Instant now;
    private final List<Part> parts;
    private final StartOrder order;
    private final Relocations relocations;
    private final List<Step> steps = new ArrayList<>();
    private final Remarks remarks = new Remarks();
    private Duration again = LOOK_AGAIN;

    private Course(ApplicationService service, ServiceScene scene, Memory memory, Relocations.Clock clock) {
        this.service = service;
        this.scene = scene;
        this.memory = memory;
        this.now = clock.now();
        this.parts = service.getSpec().applications().stream()
                .map(application -> Part.of(service, scene.sized(application), scene))
                .toList();
        this.order = new StartOrder(parts, service.getSpec().supervision(), now);
        this.relocations = new Relocations(service, scene, memory, parts, clock);
    }

    /** What is said about single applications and virtual machines. */
    record Remarks(Map<String, String> ofApplications, Map<String, String> ofMachines, Map<String, String> refused) {
        Remarks() {
            this(new HashMap<>(), new HashMap<>(), new HashMap<>());
        }
    }

    static Decision decide(ApplicationService service, ServiceScene scene, Memory memory, Relocations.Clock clock) {
        return new Course(service, scene, memory, clock).decide();
    }

    private Decision decide() {
        Restart restart = Restart.of(scene.restart());
        boolean restarting = restart.pending(scene, now);
        boolean run = service.getSpec().runPolicy() == RunPolicy.RUNNING && !restarting;
        boolean paused = service.getSpec().management() == Management.PAUSED && !scene.deleting();
        if (scene.deleting()) {
            takeBack();
            parts.reversed().forEach(this::removeAll);
        } else if (run) {
            if (!paused) {
                relocate();
            }
            parts.forEach(this::run);
        } else {
            if (!paused) {
                takeBack();
            }
            parts.reversed().forEach(this::stop);
        }
        leftovers().forEach(machine -> remove(machine, DeletionPolicy.RETAIN, null));
        lookAgainIn(restart.until(now));
        ServiceReport report = new ServiceReport(
                service,
                new ServiceReport.Findings(scene, memory, parts, leftovers(), remarks, relocations.entries()),
                now,
                restart);
        return new Decision(
                paused ? List.of() : steps, report.status(run), scene.own().isEmpty(), again);
    }

    /** Of applications that the service does not have any more. */
    private List<SeenMachine> leftovers() {
        Set<String> known = parts.stream().map(Part::name).collect(Collectors.toSet());
        return scene.own().stream()
                .filter(machine -> !known.contains(machine.application()))
                .sorted(Part.HIGHEST_FIRST)
                .toList();
    }

    private void lookAgainIn(@Nullable Duration time) {
        if (time != null && time.isPositive() && time.compareTo(again) < 0) {
            again = time;
        }
    }

    /** A service that is paused goes on with a relocation after that. */
    private void relocate() {
        relocations.goOn(order);
        follow();
    }

    private void takeBack() {
        relocations.takeBack(order);
        follow();
    }

    private void follow() {
        steps.addAll(relocations.steps());
        remarks.ofMachines().putAll(relocations.remarks());
        lookAgainIn(relocations.again());
    }

    private void run(Part part) {
        if (!part.templated()) {
            return;
        }
        removeSurplus(part);
        boolean accepted = part.templates().isEmpty() || accepted(part);
        StartOrder.Wait wait = order.before(part.application());
        if (!wait.over()) {
            remarks.ofApplications().put(part.name(), wait.why());
            lookAgainIn(wait.remaining());
        }
        boolean may = accepted && wait.over();
        boolean turn = true;
        for (TemplatedMachine template : part.templates()) {
            SeenMachine machine = scene.machines().get(template.name());
            if (relocations.holds(template.name())) {
                continue;
            }
            if (machine == null) {
                if (may && mayBegin(part, template.name())) {
                    apply(part, template, null, part.runStrategy());
                }
            } else if (machine.ours() && !machine.deleting()) {
                turn = keep(part, template, machine, new Leave(wait.over(), accepted, turn));
            }
        }
    }

    /**
     * What may be done to one virtual machine.
     *
     * @param start what it depends on is there
     * @param change its template is accepted
     * @param turn none before it is being changed
     */
    private record Leave(boolean start, boolean change, boolean turn) {}

    /** @return whether the next one may be changed as well */
    private boolean keep(Part part, TemplatedMachine template, SeenMachine machine, Leave leave) {
        boolean changed = !template.isIn(machine.applied());
        boolean unknown =
                !Long.valueOf(machine.generation()).equals(memory.known().get(machine.name()));
        if (!machine.toldToRun()) {
            if (leave.start() && leave.change() && mayBegin(part, machine.name())) {
                apply(part, template, machine, part.runStrategy());
            }
            return leave.turn();
        }
        if (machine.idle() && !startAgain(part, machine, leave)) {
            return leave.turn();
        }
        if (changed && (!leave.change() || !leave.turn() || !changedOnesAreReady(part))) {
            return leave.turn();
        }
        boolean due = changed || unknown || !machine.runStrategy().equals(part.runStrategy());
        boolean held = due && !apply(part, template, machine, part.runStrategy());
        // Who cannot be changed keeps nobody else from it.
        return leave.turn() && (!changed || held);
    }

    /** Nothing of it is left running (P18), and nobody is before it. */
    private boolean mayBegin(Part part, String machine) {
        String hold = scene.recovering()
                .hold(
                        service.getMetadata().getNamespace(),
                        machine,
                        part.application().restartedElsewhere(),
                        now);
        if (!hold.isEmpty()) {
            remarks.ofMachines().put(machine, hold);
            lookAgainIn(LOOK_SOON);
        }
        return hold.isEmpty();
    }

    /**
     * KubeVirt lets it lie: it was deleted by somebody, has ended, or is never started by KubeVirt.
     *
     * @return false when it may not be started: another run strategy would start it too
     */
    private boolean startAgain(Part part, SeenMachine machine, Leave leave) {
        if (!leave.start() || !mayBegin(part, machine.name())) {
            return false;
        }
        Memory.Setback refused = memory.setbacks().get(machine.name());
        if (refused != null
                && refused.ofStart(machine.uid())
                && refused.at().plus(ASK_AGAIN).isAfter(now)) {
            remarks.ofMachines().put(machine.name(), refused.why());
            lookAgainIn(Duration.between(now, refused.at().plus(ASK_AGAIN)));
            return true;
        }
        Memory.Started started = memory.started().get(machine.name());
        if (started != null && started.until().isAfter(now)) {
            remarks.ofMachines()
                    .put(
                            machine.name(),
                            "It was started %d times of late, and is not started again before %s."
                                    .formatted(started.times(), started.until()));
            lookAgainIn(Duration.between(now, started.until()));
        } else if (machine.runStrategy().equals(part.runStrategy())) {
            steps.add(new Step.Start(machine.application(), machine.name(), machine.uid()));
        }
        return true;
    }

    /** One virtual machine after the other gets what is new. */
    private boolean changedOnesAreReady(Part part) {
        Map<String, TemplatedMachine> templates =
                part.templates().stream().collect(Collectors.toMap(TemplatedMachine::name, Function.identity()));
        return part.members().stream()
                .filter(machine -> templates.containsKey(machine.name())
                        && templates.get(machine.name()).isIn(machine.applied()))
                .allMatch(machine -> machine.ready(service.getSpec().supervision()));
    }

    /** Whether KubeVirt takes what the template makes; it is asked when that is not known. */
    private boolean accepted(Part part) {
        Application application = part.application();
        String mistake = TemplatedMachine.mistake(application.virtualMachines().template());
        if (!mistake.isEmpty()) {
            remarks.refused().put(part.name(), mistake);
            return false;
        }
        TemplatedMachine first = part.templates().getFirst();
        Memory.Verdict verdict = memory.verdicts().get(part.name());
        boolean known = verdict != null && verdict.digest().equals(first.digest());
        if (!known || !verdict.accepted() && !verdict.at().plus(ASK_AGAIN).isAfter(now)) {
            steps.add(new Step.Check(part.name(), first.digest(), first.unnamed()));
        }
        if (known && !verdict.accepted()) {
            remarks.refused().put(part.name(), verdict.refusal());
        }
        return known && verdict.accepted();
    }

    /** @return false while it is not tried again, because it was not taken a short time ago */
    private boolean apply(Part part, TemplatedMachine template, @Nullable SeenMachine machine, String runStrategy) {
        long generation = machine == null ? 0 : machine.generation();
        Memory.Setback setback = memory.setbacks().get(template.name());
        boolean held = setback != null
                && setback.of(template.digest() + runStrategy, generation)
                && setback.at().plus(ASK_AGAIN).isAfter(now);
        if (held) {
            remarks.ofMachines().put(template.name(), setback.why());
        } else {
            steps.add(new Step.Apply(
                    part.name(),
                    template.name(),
                    template.digest() + runStrategy,
                    generation,
                    machine == null ? template.with(runStrategy) : template.with(runStrategy, machine.uid())));
        }
        return !held;
    }

    /** What is wrong with the template now, or was set by somebody else, is no reason to go on running. */
    private void halt(SeenMachine machine, @Nullable TemplatedMachine template) {
        boolean refused = memory.setbacks().containsKey(machine.name());
        steps.add(
                template == null || refused
                        ? new Step.Halt(machine.application(), machine.name(), machine.uid())
                        : new Step.Apply(
                                machine.application(),
                                machine.name(),
                                template.digest() + TemplatedMachine.HALTED,
                                machine.generation(),
                                template.with(TemplatedMachine.HALTED, machine.uid())));
    }

    private void stop(Part part) {
        removeSurplus(part);
        if (!order.mayStop(part)) {
            remarks.ofApplications().put(part.name(), "It stops after the applications that depend on it.");
            return;
        }
        for (TemplatedMachine template : part.templates()) {
            SeenMachine machine = scene.machines().get(template.name());
            if (machine != null && machine.ours() && !machine.deleting() && machine.toldToRun()) {
                halt(machine, template);
            }
        }
    }

    /** One at a time, the highest number first. */
    private void removeSurplus(Part part) {
        if (!part.surplus().isEmpty()) {
            SeenMachine highest = part.surplus().getFirst();
            remove(highest, part.application().deletionPolicy(), template(part, highest));
        }
    }

    private void removeAll(Part part) {
        if (!order.mayGo(part)) {
            remarks.ofApplications().put(part.name(), "It goes after the applications that depend on it.");
            return;
        }
        List<SeenMachine> going = new ArrayList<>(part.surplus());
        part.members().stream().filter(SeenMachine::ours).forEach(going::add);
        going.sort(Part.HIGHEST_FIRST);
        going.forEach(machine -> remove(machine, part.application().deletionPolicy(), template(part, machine)));
    }

    /** What its template says now; null when it is of none. */
    private @Nullable TemplatedMachine template(Part part, SeenMachine machine) {
        String number = machine.name().substring(machine.name().lastIndexOf('-') + 1);
        if (!part.templated() || !number.matches("[0-9]{1,4}")) {
            return null;
        }
        TemplatedMachine template = TemplatedMachine.of(service, part.application(), Integer.parseInt(number));
        return template.name().equals(machine.name()) ? template : null;
    }

    private void remove(SeenMachine machine, DeletionPolicy policy, @Nullable TemplatedMachine template) {
        boolean retain = policy == DeletionPolicy.RETAIN;
        if (relocations.holds(machine.name())) {
            remarks.ofMachines().putIfAbsent(machine.name(), "It goes when its disks are where they belong.");
        } else if (machine.deleting()) {
            remarks.ofMachines().put(machine.name(), "It is being deleted.");
        } else if (machine.moving()) {
            remarks.ofMachines().put(machine.name(), "It is being moved, and is removed after that.");
        } else if (retain && machine.toldToRun()) {
            halt(machine, template);
        } else if (retain && machine.instance() != null) {
            remarks.ofMachines().put(machine.name(), "It stops, and is removed after that.");
        } else if (unproven(machine.name()) instanceof Loss loss) {
            remarks.ofMachines()
                    .put(
                            machine.name(),
                            "It is removed when it is proven that its node (%s) is down, or that node is back: what comes after it might use its disks."
                                    .formatted(loss.node()));
            lookAgainIn(LOOK_SOON);
        } else {
            steps.add(new Step.Delete(machine.application(), machine.name(), machine.uid(), retain));
        }
    }

    private @Nullable Loss unproven(String machine) {
        Loss loss = scene.recovering().losses().get(machine);
        return loss == null || loss.proven() ? null : loss;
    }
}
