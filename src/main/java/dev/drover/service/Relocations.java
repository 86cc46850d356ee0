package dev.drover.service;

import dev.drover.api.v1alpha1.ApplicationService;
import dev.drover.api.v1alpha1.ApplicationServiceStatus;
import dev.drover.api.v1alpha1.RelocationFault;
import dev.drover.api.v1alpha1.RelocationState;
import dev.drover.api.v1alpha1.RelocationStep;
import dev.drover.api.v1alpha1.ServiceRelocation;
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
    }

    /** Goes on with what is under way, or begins with the next order. */
    Relocations goOn() {
        ServiceRelocation active = entries.values().stream()
                .filter(entry -> !entry.state().isEnd())
                .findFirst()
                .orElse(null);
        if (active != null) {
            goOn(active);
        } else {
            begin();
        }
        return this;
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
                .filter(entry -> !entry.state().isEnd() || scene.machines().containsKey(entry.virtualMachine()))
                .toList();
        int surplus = Math.max(0, kept.size() - ApplicationServiceStatus.MOST_RELOCATIONS);
        return kept.subList(surplus, kept.size());
    }

    private void goOn(ServiceRelocation entry) {
        String name = entry.virtualMachine();
        SeenMachine machine = scene.machines().get(name);
        TemplatedMachine template = template(name);
        if (machine == null || !machine.ours() || machine.deleting() || template == null) {
            enter(entry, new Way.Pass(RelocationState.FAILED, RelocationFault.TAKEN_BACK, "It was taken away."));
            return;
        }
        held = name;
        again = LOOK_AGAIN;
        Duration deadline = clock.deadline();
        Way way = new ColdPath(
                        entry,
                        seen(machine, template, entry),
                        new ColdPath.Terms(service.getSpec().supervision(), deadline, clock.now()))
                .next();
        switch (way) {
            case Way.Wait wait -> remarks.put(name, wait.why());
            case Way.Take take -> {
                steps.add(take.step());
                remarks.put(name, "It is being relocated to the node (%s).".formatted(entry.to()));
            }
            case Way.Pass pass -> enter(entry, pass);
        }
    }

    private ColdPath.Seen seen(SeenMachine machine, TemplatedMachine template, ServiceRelocation entry) {
        SeenOrder order = scene.orders().getOrDefault(machine.name(), SeenOrder.NONE);
        return new ColdPath.Seen(
                machine,
                template,
                order.boundTo(),
                Long.valueOf(machine.generation()).equals(memory.known().get(machine.name())),
                memory.setbacks().get(machine.name()),
                entry.ordered().equals(RelocationOrder.of(order.written()).time()),
                scene.recovering().hold(service.getMetadata().getNamespace(), machine.name(), true, clock.now()));
    }

    private @Nullable TemplatedMachine template(String name) {
        return parts.stream()
                .flatMap(part -> part.templates().stream())
                .filter(template -> template.name().equals(name))
                .findFirst()
                .orElse(null);
    }

    private void enter(ServiceRelocation before, Way.Pass pass) {
        List<RelocationStep> passed = new ArrayList<>(before.steps());
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
                        pass.fault() == null ? before.fault() : pass.fault(),
                        pass.fault() == null ? before.message() : Message.fitting(pass.why())));
        again = SOON;
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
                    begin(machine, order, order.time());
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

    private void begin(SeenMachine machine, RelocationOrder order, Instant ordered) {
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
        Survey survey = memory.surveys().get(name);
        boolean holds = survey != null
                && survey.ordered().equals(ordered)
                && survey.at().plus(SURVEY_HOLDS).isAfter(clock.now());
        if (!holds) {
            steps.add(new Step.Inspect(machine.application(), name, ordered, order.node()));
        } else if (survey.fault() != null) {
            refuse(name, ordered, survey.fault(), survey.why());
        } else {
            held = name;
            enter(
                    new ServiceRelocation(
                            name, ordered, RelocationState.STOPPING, survey.from(), survey.to(), List.of(), null, null),
                    Way.Pass.to(RelocationState.STOPPING));
        }
    }

    private void refuse(String machine, Instant ordered, RelocationFault fault, String why) {
        enter(
                new ServiceRelocation(machine, ordered, RelocationState.REFUSED, null, null, List.of(), null, null),
                new Way.Pass(RelocationState.REFUSED, Objects.requireNonNull(fault), why));
    }
}
