package dev.drover.service;

import dev.drover.api.v1alpha1.Application;
import dev.drover.api.v1alpha1.ApplicationService;
import dev.drover.api.v1alpha1.DependencyState;
import dev.drover.api.v1alpha1.Supervision;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * One application of a service with what is seen of it.
 *
 * @param templates one for each virtual machine that is wanted; empty when they are adopted
 * @param members its virtual machines that are wanted and there, the adopted ones, or those of the template by number
 * @param surplus what the service made for it and wants no longer, the highest number first
 */
record Part(
        Application application,
        List<TemplatedMachine> templates,
        List<SeenMachine> members,
        List<SeenMachine> surplus) {

    static Part of(ApplicationService service, Application application, ServiceScene scene) {
        List<TemplatedMachine> templates = new ArrayList<>();
        List<SeenMachine> members = new ArrayList<>(scene.adopted().getOrDefault(application.name(), List.of()));
        for (int ordinal = 0; ordinal < application.templated(); ordinal++) {
            TemplatedMachine template = TemplatedMachine.of(service, application, ordinal);
            templates.add(template);
            SeenMachine machine = scene.machines().get(template.name());
            if (machine != null && machine.ours()) {
                members.add(machine);
            }
        }
        List<SeenMachine> surplus = scene.own().stream()
                .filter(machine -> machine.application().equals(application.name()) && !members.contains(machine))
                .sorted(HIGHEST_FIRST)
                .toList();
        return new Part(application, templates, members, surplus);
    }

    /** By the number at the end of the name. */
    static final Comparator<SeenMachine> HIGHEST_FIRST = Comparator.<SeenMachine>comparingInt(
                    machine -> machine.name().length())
            .thenComparing(SeenMachine::name)
            .reversed();

    String name() {
        return application.name();
    }

    /** The run strategy of those that are to run. */
    String runStrategy() {
        return application.restartedByDrover() ? TemplatedMachine.MANUAL : TemplatedMachine.RERUN;
    }

    boolean templated() {
        return application.virtualMachines().template() != null;
    }

    int desired() {
        return templated() ? templates.size() : members.size();
    }

    /** How many of them have to be there for those that depend on it. */
    int required() {
        return application.required(desired());
    }

    int ready(Supervision supervision) {
        return count(machine -> !machine.deleting() && machine.ready(supervision));
    }

    int running() {
        return count(SeenMachine::running);
    }

    private int count(Predicate<SeenMachine> predicate) {
        return (int) members.stream().filter(predicate).count();
    }

    /** Whether it has come so far. An application that adopts has to have found a virtual machine. */
    boolean reached(DependencyState state, Supervision supervision) {
        if (!templated() && members.isEmpty()) {
            return false;
        }
        return switch (state) {
            case READY -> ready(supervision) >= required();
            case RUNNING -> running() >= required();
        };
    }

    /** Since when; null when that is not told. */
    @Nullable
    Instant since(DependencyState state, Supervision supervision) {
        boolean byProbe = state == DependencyState.READY && supervision == Supervision.APPLICATION;
        return members.stream()
                .map(SeenMachine::instance)
                .filter(Objects::nonNull)
                .map(instance -> byProbe ? instance.readySince() : instance.runningSince())
                .filter(Objects::nonNull)
                .max(Comparator.naturalOrder())
                .orElse(null);
    }

    /** Something that the service made for it is on a node, or about to be. */
    boolean ownPresent() {
        return members.stream().anyMatch(machine -> machine.ours() && machine.present())
                || surplus.stream().anyMatch(SeenMachine::present);
    }

    /** Something that the service made for it is there at all. */
    boolean ownThere() {
        return !surplus.isEmpty() || members.stream().anyMatch(SeenMachine::ours);
    }
}
