package dev.drover.service;

import dev.drover.api.v1alpha1.RelocationFault;
import dev.drover.api.v1alpha1.RelocationState;
import dev.drover.api.v1alpha1.RelocationStep;
import dev.drover.api.v1alpha1.ServiceRelocation;
import dev.drover.api.v1alpha1.Supervision;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The way of one virtual machine of a template to another node by a stop and a start, and back if it does not become ready there: what
 * comes next, by what stands in the status and what is seen. Each state may be entered again and again without anything being done twice,
 * so that it does not matter where the operator was stopped. Pure.
 */
final class ColdPath {
    private static final Duration ASK_AGAIN = Duration.ofSeconds(30);

    private final ServiceRelocation entry;
    private final Seen seen;
    private final Terms terms;

    ColdPath(ServiceRelocation entry, Seen seen, Terms terms) {
        this.entry = entry;
        this.seen = seen;
        this.terms = terms;
    }

    /**
     * What is seen of the virtual machine.
     *
     * @param boundTo the hostname of the one node that it may run on; empty when it may run on several
     * @param inForce what was applied last is what it says now
     * @param setback the last write that was not taken; null without one
     * @param ordered the order still stands
     * @param hold why it may not be started now, since something of it may still run (P18); empty when it may
     */
    record Seen(
            SeenMachine machine,
            TemplatedMachine template,
            String boundTo,
            boolean inForce,
            Memory.@Nullable Setback setback,
            boolean ordered,
            String hold) {}

    /** @param deadline how long a start may take until the virtual machine is ready */
    record Terms(Supervision supervision, Duration deadline, Instant now) {}

    Way next() {
        return switch (entry.state()) {
            case STOPPING ->
                seen.ordered()
                        ? stopped(RelocationState.STARTING)
                        : new Way.Pass(
                                RelocationState.RELEASING,
                                RelocationFault.TAKEN_BACK,
                                "The order was taken back before it was started anew.");
            case STARTING -> startedOn(Objects.requireNonNullElse(entry.to(), ""), RelocationState.WITHDRAWING);
            case WITHDRAWING -> stopped(RelocationState.RETURNING);
            case RETURNING -> startedOn(Objects.requireNonNullElse(entry.from(), ""), RelocationState.RELEASING);
            case RELEASING -> released();
            case SUCCEEDED, FAILED, REFUSED -> new Way.Wait("");
        };
    }

    /** KubeVirt lets go of an instance when no pod of it is left. */
    private Way stopped(RelocationState next) {
        SeenMachine machine = seen.machine();
        if (machine.toldToRun()) {
            return machine.moving()
                    ? new Way.Wait("It is being moved live, and is stopped after that.")
                    : new Way.Take(new Step.Halt(machine.application(), machine.name(), machine.uid()));
        }
        return machine.present() ? new Way.Wait("It is being stopped, to be relocated.") : Way.Pass.to(next);
    }

    private Way startedOn(String node, RelocationState otherwise) {
        SeenMachine machine = seen.machine();
        SeenInstance instance = machine.instance();
        if (machine.toldToRun()
                && machine.ready(terms.supervision())
                && instance != null
                && node.equals(instance.node())) {
            return Way.Pass.to(RelocationState.RELEASING);
        }
        if (overdue(instance)) {
            return entry.fault() != null ? Way.Pass.to(otherwise) : notReady(node, otherwise);
        }
        if (!machine.toldToRun() && !seen.hold().isEmpty()) {
            return new Way.Wait(seen.hold());
        }
        if (!machine.toldToRun() || !seen.inForce()) {
            Step.Apply start = apply("@" + node);
            return held(start) == null ? new Way.Take(new Step.StartOn(start, node)) : new Way.Wait(held(start));
        }
        return new Way.Wait("It starts on the node (%s).".formatted(node));
    }

    private Way notReady(String node, RelocationState otherwise) {
        Memory.Setback setback = seen.setback();
        SeenInstance instance = seen.machine().instance();
        String more = setback != null ? setback.why() : instance == null ? "" : instance.why();
        return new Way.Pass(
                otherwise,
                RelocationFault.NOT_READY_THERE,
                "It was not ready on the node (%s) within %d s. %s"
                        .formatted(node, terms.deadline().toSeconds(), more)
                        .strip());
    }

    /** Counted from when it was told to start, or from when it was started last if that was later. */
    private boolean overdue(@Nullable SeenInstance instance) {
        Instant entered = entry.steps().stream().map(RelocationStep::time).reduce(entry.ordered(), (_, last) -> last);
        Instant since = instance != null && instance.created().isAfter(entered) ? instance.created() : entered;
        return since.plus(terms.deadline()).isBefore(terms.now());
    }

    private Way released() {
        SeenMachine machine = seen.machine();
        boolean bound = !seen.boundTo().equals(seen.template().ownNode());
        if (machine.toldToRun() && !bound && seen.inForce()) {
            return Way.Pass.to(entry.fault() == null ? RelocationState.SUCCEEDED : RelocationState.FAILED);
        }
        if (!machine.toldToRun() && !seen.hold().isEmpty()) {
            return new Way.Wait(seen.hold());
        }
        Step.Apply start = apply("");
        return held(start) == null ? new Way.Take(start) : new Way.Wait(held(start));
    }

    private Step.Apply apply(String where) {
        SeenMachine machine = seen.machine();
        return new Step.Apply(
                machine.application(),
                machine.name(),
                seen.template().digest() + TemplatedMachine.RERUN + where,
                machine.generation(),
                seen.template().with(TemplatedMachine.RERUN, machine.uid()));
    }

    /** Why it is not tried again now; null when it is. */
    private @Nullable String held(Step.Apply apply) {
        Memory.Setback setback = seen.setback();
        return setback != null
                        && setback.of(apply.digest(), apply.generation())
                        && setback.at().plus(ASK_AGAIN).isAfter(terms.now())
                ? setback.why()
                : null;
    }
}
